#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dhcpair::sync {

/// Takes the secrets out of texts in the language of dhcpd.conf: in key declarations, wherever they
/// stand, whole or broken, and in comments. Each becomes "(secret 1)", with one number for equal
/// secrets in all texts that one Redactor is given, so that a diff shows that a secret differs and
/// not what it is.
class Redactor {
 public:
  /// Texts that are secret wherever they appear, such as those of the pair file.
  explicit Redactor(std::vector<std::string> known = {}) : known_(std::move(known)) {}

  std::string Redact(std::string_view text);

 private:
  std::string LabelOf(const std::string& secret);
  std::string RedactStatements(std::string_view text);
  std::string RedactComments(std::string_view gap);
  std::string RedactKnown(std::string text);

  std::vector<std::string> known_;
  std::map<std::string, std::size_t> numbers_;
};

}  // namespace dhcpair::sync
