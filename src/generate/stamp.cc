#include "generate/stamp.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "base/sha256.h"
#include "text/utf8.h"

namespace dhcpair::generate {
namespace {

constexpr std::string_view kDigestLine = "# dhcpair-digest: sha256 ";
constexpr std::size_t kDigestDigits = 64;
// The digest stands on the third line.
constexpr int kLinesBefore = 2;

struct Head {
  std::string_view digest;
  std::optional<std::string_view> body;  // Absent where the digest's line is none of ours any more.
};

// Nothing where the first lines are not those of a head.
std::optional<Head> ReadHead(std::string_view contents) {
  for (int line = 0; line < kLinesBefore; ++line) {
    if (!contents.starts_with('#')) return std::nullopt;
    contents.remove_prefix(std::min(contents.find('\n'), contents.size() - 1) + 1);
  }
  if (!contents.starts_with(kDigestLine)) return std::nullopt;
  contents.remove_prefix(kDigestLine.size());
  Head head{.digest = contents.substr(0, kDigestDigits), .body = {}};
  contents.remove_prefix(head.digest.size());
  if (contents.starts_with('\n')) head.body = contents.substr(1);
  return head;
}

}  // namespace

std::string Stamp(const StampFacts& facts, std::string_view body) {
  return fmt::format(
      "# {}; belongs in {}\n"
      "# Written by dhcpair from {}; changes made here are lost.\n"
      "{}{}\n{}",
      text::Visible(facts.what), text::Visible(facts.belongs_in), text::Visible(facts.source_name),
      kDigestLine, base::Sha256Hex(body), body);
}

Authorship AuthorshipOf(std::string_view contents) {
  const auto head = ReadHead(contents);
  if (!head) return Authorship::kForeign;
  const bool is_ours = head->body && base::Sha256Hex(*head->body) == head->digest;
  return is_ours ? Authorship::kOurs : Authorship::kEdited;
}

std::string_view WithoutStamp(std::string_view contents) {
  const auto head = ReadHead(contents);
  return head && head->body ? *head->body : contents;
}

}  // namespace dhcpair::generate
