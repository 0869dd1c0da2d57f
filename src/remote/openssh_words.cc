#include "remote/openssh_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "remote/destination.h"
#include "remote/host_key.h"
#include "remote/shell.h"
#include "text/utf8.h"

namespace dhcpair::remote {
namespace {

enum class Meaning : std::uint8_t { kChanged, kRevoked, kUnknown, kOther };

struct Row {
  std::string_view words;
  Meaning meaning;
  Failure failure = Failure::kLost;  // Of kOther.
};

// The first row whose words are among the complaints tells. ssh says more than one of them, the
// precise ones before the general ones, and so do we.
constexpr std::array kRows{
    Row{"REMOTE HOST IDENTIFICATION HAS CHANGED", Meaning::kChanged},
    Row{"REVOKED HOST KEY", Meaning::kRevoked},
    Row{"marked as revoked", Meaning::kRevoked},
    Row{"and you have requested strict checking", Meaning::kUnknown},
    Row{"Host key verification failed", Meaning::kUnknown},
    Row{"Could not resolve hostname", Meaning::kOther, Failure::kUnknownHost},
    Row{"No route to host", Meaning::kOther, Failure::kUnknownHost},
    Row{"Network is unreachable", Meaning::kOther, Failure::kUnknownHost},
    Row{"Connection refused", Meaning::kOther, Failure::kRefused},
    Row{"timed out", Meaning::kOther, Failure::kTimeout},
    Row{"Permission denied", Meaning::kOther, Failure::kNotAuthenticated},
    Row{"Too many authentication failures", Meaning::kOther, Failure::kNotAuthenticated},
    Row{"Bad configuration option", Meaning::kOther, Failure::kBadSettings},
    Row{"bad configuration options", Meaning::kOther, Failure::kBadSettings},
    Row{"Bad owner or permissions", Meaning::kOther, Failure::kBadSettings},
    Row{"Can't open user config file", Meaning::kOther, Failure::kBadSettings},
    Row{"unix_listener", Meaning::kOther, Failure::kBadSettings},
    Row{"Unable to negotiate", Meaning::kOther, Failure::kBadSettings},
};

// The text between two others; empty where they are not there.
std::string Between(std::string_view text, std::string_view before, std::string_view after) {
  std::size_t begin = text.find(before);
  if (begin == std::string_view::npos) return "";
  begin += before.size();
  const std::size_t end = text.find(after, begin);
  return std::string(text.substr(begin, end == std::string_view::npos ? 0 : end - begin));
}

// From the lines of a changed key.
HostKey ReadHostKey(std::string_view complaints) {
  HostKey key;
  key.type = Between(complaints, "The fingerprint for the ", " key sent");
  key.fingerprint = Between(complaints, "sent by the remote host is\n", ".\n");
  key.known_as = Between(complaints, "Host key for ", " has changed");
  const std::string offending = Between(complaints, "Offending ", "\n");
  const std::size_t begin = offending.find(" in ");
  const std::size_t end = offending.rfind(':');
  if (begin != std::string::npos && end != std::string::npos && end > begin + 4) {
    key.file = offending.substr(begin + 4, end - begin - 4);
  }
  return key;
}

std::string LineWith(std::string_view text, std::string_view words) {
  const std::size_t at = text.find(words);
  const std::size_t begin = text.rfind('\n', at) + 1;
  const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  return text::Visible(text.substr(begin, end - begin));
}

std::string Advice(Failure failure, const pair::Node& node) {
  if (failure != Failure::kNotAuthenticated) return "";
  return fmt::format(
      "; the node takes none of our keys: put a public key into its authorized_keys, "
      "or name the right one under 'ssh: {{identity: …}}'; try '{}'",
      text::Visible(SshByHand(node)));
}

}  // namespace

Error ExplainSsh(std::string_view complaints, const pair::Node& node) {
  const auto* const row = std::ranges::find_if(kRows, [&](const Row& candidate) {
    return complaints.find(candidate.words) != std::string_view::npos;
  });
  if (row == kRows.end()) {
    const std::string last = text::Visible(LastLine(complaints));
    return {Failure::kLost, last.empty() ? "ssh ended without a word"
                                         : fmt::format("the connection was lost ('{}')", last)};
  }
  switch (row->meaning) {
    case Meaning::kChanged:
      return ChangedHostKey(node, ReadHostKey(complaints));
    case Meaning::kRevoked:
      return RevokedHostKey({});
    case Meaning::kUnknown:
      return UnknownHostKey(node, {});
    case Meaning::kOther:
      break;
  }
  return {row->failure, fmt::format("ssh says '{}'{}", LineWith(complaints, row->words),
                                    Advice(row->failure, node))};
}

}  // namespace dhcpair::remote
