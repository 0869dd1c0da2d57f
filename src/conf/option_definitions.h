#pragma once

#include "conf/values.h"

namespace dhcpair::conf {

/// "option space" has been taken: a name, widths, and the ';'.
bool ParseOptionSpace(Parse& parse);

/// "option NAME code" has been taken: a number, the type of the value, and the ';'.
bool ParseOptionCode(Parse& parse, const OptionName& option);

}  // namespace dhcpair::conf
