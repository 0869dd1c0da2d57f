#include "generate/stamp.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/sha256.h"
#include "text/utf8.h"

namespace dhcpair::generate {
namespace {

constexpr std::string_view kDigestLine = "# dhcpair-digest: sha256 ";
constexpr std::size_t kDigestDigits = 64;
// The digest stands on the third line.
constexpr int kLinesBefore = 2;

}  // namespace

std::string Stamp(const StampFacts& facts, std::string_view body) {
  return fmt::format(
      "# {}; belongs in {}\n"
      "# Written by dhcpair from {} (sha256 {}); changes made here are lost.\n"
      "{}{}\n{}",
      text::Visible(facts.what), text::Visible(facts.belongs_in), text::Visible(facts.source_name),
      facts.source_sha256, kDigestLine, base::Sha256Hex(body), body);
}

Authorship AuthorshipOf(std::string_view contents) {
  for (int line = 0; line < kLinesBefore; ++line) {
    if (!contents.starts_with('#')) return Authorship::kForeign;
    contents.remove_prefix(std::min(contents.find('\n'), contents.size() - 1) + 1);
  }
  if (!contents.starts_with(kDigestLine)) return Authorship::kForeign;
  contents.remove_prefix(kDigestLine.size());
  const std::string_view digest = contents.substr(0, kDigestDigits);
  contents.remove_prefix(digest.size());
  const bool is_ours = contents.starts_with('\n') && base::Sha256Hex(contents.substr(1)) == digest;
  return is_ours ? Authorship::kOurs : Authorship::kEdited;
}

}  // namespace dhcpair::generate
