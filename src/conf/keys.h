#pragma once

#include "conf/parse.h"

namespace dhcpair::conf {

/// `word` is the "key" or "zone" that has been taken. Each reads up to and with the '}', a key also
/// the ';' behind it, if any.
bool ParseKey(Parse& parse, const Token& word);
bool ParseZone(Parse& parse, const Token& word);

}  // namespace dhcpair::conf
