#include "pair/rules.h"

#include <array>

namespace dhcpair::pair::rules {

using text::Rule;
using enum text::Severity;

constexpr Rule kUnreadable{"pair-unreadable", kError, "the pair file cannot be read"};
constexpr Rule kTooLarge{"pair-too-large", kError,
                         "the pair file is longer than 1 MiB or holds more than 20000 values"};
constexpr Rule kEmpty{"pair-empty", kError, "the pair file says nothing"};
constexpr Rule kNotUtf8{"pair-not-utf8", kError, "the pair file is not UTF-8 text"};
constexpr Rule kNotYaml{"pair-not-yaml", kError, "the pair file is not valid YAML"};
constexpr Rule kYamlAlias{"pair-yaml-alias", kError, "YAML aliases are not used in a pair file"};
constexpr Rule kYamlTag{"pair-yaml-tag", kError, "YAML tags are not used in a pair file"};
constexpr Rule kManyDocuments{"pair-many-documents", kError,
                              "a pair file holds one YAML document, not several"};
constexpr Rule kTooManyFindings{"pair-too-many-findings", kError,
                                "the pair file has so many mistakes that the rest is not shown"};
constexpr Rule kUnknownKey{"pair-unknown-key", kError, "there is no key of this name"};
constexpr Rule kDuplicateKey{"pair-duplicate-key", kError, "a key is given twice"};
constexpr Rule kMisplacedKey{"pair-misplaced-key", kError, "a key stands in the wrong section"};
constexpr Rule kMissingKey{"pair-missing-key", kError, "a required key is missing"};
constexpr Rule kMissingRole{"pair-missing-role", kError,
                            "a pair needs both a primary and a secondary"};
constexpr Rule kMissingValue{"pair-missing-value", kError, "a key has no value"};
constexpr Rule kWrongType{"pair-wrong-type", kError,
                          "a list, a mapping or a word stands where another kind belongs"};
constexpr Rule kOctalNumber{"pair-octal-number", kError,
                            "a number has a leading zero, which many programs read as octal",
                            "FP227"};
constexpr Rule kBooleanNumber{"pair-boolean-number", kError,
                              "a word that YAML takes for a boolean stands for a number"};
constexpr Rule kBadNumber{"pair-bad-number", kError, "not a plain decimal number"};
constexpr Rule kBadDuration{"pair-bad-duration", kError, "not a time such as 1800, 30m or 1h"};
constexpr Rule kOutOfRange{"pair-out-of-range", kError, "a number is too small or too large"};
constexpr Rule kBadAddress{"pair-bad-address", kError,
                           "not the IPv4 address of a host; names are never looked up", "FP110"};
constexpr Rule kBadName{"pair-bad-name", kError, "not a usable name of a failover peer or key"};
constexpr Rule kBadHost{"pair-bad-host", kError, "not a usable ssh destination"};
constexpr Rule kBadHba{"pair-bad-hba", kError, "hba is not 32 hexadecimal octets", "FO006"};
constexpr Rule kBadPath{"pair-bad-path", kError, "not a usable path"};
constexpr Rule kBadInterface{"pair-bad-interface", kError, "not a usable interface name"};
constexpr Rule kBadMode{"pair-bad-mode", kError, "not a file mode such as 0644"};
constexpr Rule kBadSecret{"pair-bad-secret", kError,
                          "the secret file does not hold one base64 secret"};
constexpr Rule kBadText{"pair-bad-text", kError,
                        "a text has control characters that do not belong in dhcpd.conf"};
constexpr Rule kUnknownChoice{"pair-unknown-choice", kError,
                              "not one of the values that this key takes"};
constexpr Rule kMcltOnSecondary{"pair-mclt-on-secondary", kError,
                                "mclt belongs to the primary only", "FP202"};
constexpr Rule kSplitOnSecondary{"pair-split-on-secondary", kError,
                                 "split and hba belong to the primary only", "FO001"};
constexpr Rule kSplitAndHba{"pair-split-and-hba", kError, "split and hba exclude each other",
                            "FP207"};
constexpr Rule kSameAddress{"pair-same-address", kError, "both nodes have the same address",
                            "FP108"};
constexpr Rule kSameFile{"pair-same-file", kError, "two files would lie at one path of a node"};
constexpr Rule kSameDhcpdConf{"pair-same-dhcpd-conf", kError,
                              "two nodes share one host and one dhcpd.conf"};
constexpr Rule kPortClash{"pair-port-clash", kError,
                          "failover and OMAPI would listen on the same port", "FP213"};
constexpr Rule kBalanceOrder{"pair-balance-order", kError, "min-balance is above max-balance",
                             "FP215"};
constexpr Rule kMissingFile{"pair-missing-file", kError,
                            "a file that the pair file names cannot be read", "FO021"};
constexpr Rule kLoadBalanceOff{"pair-load-balance-off", kWarning,
                               "load-balance-max 0 switches load balancing off", "FP205"};
constexpr Rule kSelinuxPort{"pair-selinux-port", kWarning,
                            "SELinux does not let dhcpd use this port"};
constexpr Rule kApparmorPath{"pair-apparmor-path", kWarning,
                             "AppArmor does not let dhcpd read this path"};
constexpr Rule kChrootPath{"pair-chroot-path", kWarning,
                           "a chrooted dhcpd does not find a file at this path"};

std::span<const Rule* const> All() {
  static constexpr std::array kAll{
      &kUnreadable,       &kTooLarge,      &kEmpty,         &kNotUtf8,
      &kNotYaml,          &kYamlAlias,     &kYamlTag,       &kManyDocuments,
      &kTooManyFindings,  &kUnknownKey,    &kDuplicateKey,  &kMisplacedKey,
      &kMissingKey,       &kMissingRole,   &kMissingValue,  &kWrongType,
      &kOctalNumber,      &kBooleanNumber, &kBadNumber,     &kBadDuration,
      &kOutOfRange,       &kBadAddress,    &kBadName,       &kBadHost,
      &kBadHba,           &kBadPath,       &kBadInterface,  &kBadMode,
      &kBadSecret,        &kBadText,       &kUnknownChoice, &kMcltOnSecondary,
      &kSplitOnSecondary, &kSplitAndHba,   &kSameAddress,   &kSameFile,
      &kSameDhcpdConf,    &kPortClash,     &kBalanceOrder,  &kMissingFile,
      &kLoadBalanceOff,   &kSelinuxPort,   &kApparmorPath,  &kChrootPath,
  };
  return kAll;
}

}  // namespace dhcpair::pair::rules
