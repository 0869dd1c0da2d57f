#include "sync/reply.h"

#include <algorithm>
#include <charconv>
#include <ranges>

namespace dhcpair::sync {
namespace {

std::optional<std::int64_t> ReadNumber(std::string_view text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end || number < 0) return std::nullopt;
  return number;
}

// Takes "NAME VALUE" apart; the value may be missing.
ReplyItem Split(std::string_view line) {
  const auto blank = line.find(' ');
  if (blank == std::string_view::npos) return {line, {}};
  return {line.substr(0, blank), line.substr(blank + 1)};
}

// Behind the line that begins the answer, if there is one.
std::optional<std::string_view> FindStart(std::string_view text, std::string_view nonce) {
  const std::string first = "dhcpair-begin " + std::string(nonce) + "\n";
  const auto found = text.find("\n" + first);
  if (found != std::string_view::npos) return text.substr(found + 1 + first.size());
  if (text.starts_with(first)) return text.substr(first.size());
  return std::nullopt;
}

class ReplyReader {
 public:
  ReplyReader(std::string_view rest, std::string_view nonce) : rest_(rest), nonce_(nonce) {}

  std::expected<Reply, ReplyError> Read() {
    for (;;) {
      const auto line = TakeLine();
      if (!line) return std::unexpected(ReplyError::kCutOff);
      const ReplyItem item = Split(*line);
      if (item.name == "dhcpair-end") return End(item.value);
      if (is_done_ || reply_.failure || reply_.items.size() == Reply::kItemsMax) {
        return std::unexpected(ReplyError::kMalformed);
      }
      if (item.name == "ok" && item.value.empty()) {
        is_done_ = true;
      } else if (item.name == "error") {
        reply_.failure = Split(item.value);
      } else if (item.name == "block") {
        if (const auto error = TakeBlock(item.value)) return std::unexpected(*error);
      } else {
        reply_.items.push_back(item);
      }
    }
  }

 private:
  std::optional<std::string_view> TakeLine() {
    const auto end = rest_.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }

  // "NAME BYTES", then so many bytes and a line end.
  std::optional<ReplyError> TakeBlock(std::string_view head) {
    const ReplyItem item = Split(head);
    const auto bytes = ReadNumber(item.value);
    if (!bytes || item.name.empty()) return ReplyError::kMalformed;
    const auto size = static_cast<std::uint64_t>(*bytes);
    if (size >= rest_.size()) return ReplyError::kCutOff;
    // A file that changed while it was sent has another length than was announced.
    if (rest_[size] != '\n') return ReplyError::kMalformed;
    reply_.items.push_back({item.name, rest_.substr(0, size)});
    rest_.remove_prefix(size + 1);
    return std::nullopt;
  }

  // A step that ended without a word of success or failure was ended from outside.
  std::expected<Reply, ReplyError> End(std::string_view nonce) {
    if (nonce != nonce_) return std::unexpected(ReplyError::kMalformed);
    if (!is_done_ && !reply_.failure) return std::unexpected(ReplyError::kCutOff);
    return std::move(reply_);
  }

  std::string_view rest_;
  std::string_view nonce_;
  Reply reply_;
  bool is_done_ = false;
};

}  // namespace

std::optional<std::string_view> Reply::Find(std::string_view name) const {
  const auto last_first = items | std::views::reverse;
  const auto found = std::ranges::find(last_first, name, &ReplyItem::name);
  if (found == last_first.end()) return std::nullopt;
  return found->value;
}

std::optional<std::int64_t> Reply::FindNumber(std::string_view name) const {
  const auto value = Find(name);
  return value ? ReadNumber(*value) : std::nullopt;
}

std::expected<Reply, ReplyError> ReadReply(std::string_view text, std::string_view nonce) {
  const auto start = FindStart(text, nonce);
  if (!start) return std::unexpected(ReplyError::kNotThere);
  return ReplyReader(*start, nonce).Read();
}

}  // namespace dhcpair::sync
