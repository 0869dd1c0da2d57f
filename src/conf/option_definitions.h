#pragma once

#include "conf/option_values.h"

namespace dhcpair::conf {

/// "option space" has been taken: a name, widths, and the ';'.
bool ParseOptionSpace(Parse& parse);

/// "option NAME code" has been taken, of which `word` is the first: a number, the type of the
/// value, and the ';'.
bool ParseOptionCode(Parse& parse, const Token& word, const OptionName& option);

}  // namespace dhcpair::conf
