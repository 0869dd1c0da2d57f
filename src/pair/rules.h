#pragma once

#include <span>

#include "text/rule.h"

/// The rules for pair.yaml. One object each, so that code names them and cannot misspell them; the
/// table of all of them is what lists and tests read.
namespace dhcpair::pair::rules {

extern const text::Rule kUnreadable;
extern const text::Rule kTooLarge;
extern const text::Rule kEmpty;
extern const text::Rule kNotUtf8;
extern const text::Rule kNotYaml;
extern const text::Rule kYamlAlias;
extern const text::Rule kYamlTag;
extern const text::Rule kManyDocuments;
extern const text::Rule kTooManyFindings;
extern const text::Rule kUnknownKey;
extern const text::Rule kDuplicateKey;
extern const text::Rule kMisplacedKey;
extern const text::Rule kMissingKey;
extern const text::Rule kMissingRole;
extern const text::Rule kMissingValue;
extern const text::Rule kWrongType;
extern const text::Rule kOctalNumber;
extern const text::Rule kBooleanNumber;
extern const text::Rule kBadNumber;
extern const text::Rule kBadDuration;
extern const text::Rule kOutOfRange;
extern const text::Rule kBadAddress;
extern const text::Rule kBadName;
extern const text::Rule kBadHost;
extern const text::Rule kBadHba;
extern const text::Rule kBadPath;
extern const text::Rule kBadInterface;
extern const text::Rule kBadMode;
extern const text::Rule kBadSecret;
extern const text::Rule kBadText;
extern const text::Rule kUnknownChoice;
extern const text::Rule kMcltOnSecondary;
extern const text::Rule kSplitOnSecondary;
extern const text::Rule kSplitAndHba;
extern const text::Rule kSameAddress;
extern const text::Rule kSameFile;
extern const text::Rule kSameDhcpdConf;
extern const text::Rule kPortClash;
extern const text::Rule kBalanceOrder;
extern const text::Rule kMissingFile;
extern const text::Rule kLoadBalanceOff;
extern const text::Rule kSelinuxPort;
extern const text::Rule kApparmorPath;
extern const text::Rule kChrootPath;

/// All of the above, in the order of the list.
std::span<const text::Rule* const> All();

}  // namespace dhcpair::pair::rules
