#include "text/source_file.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "text/utf8.h"

namespace dhcpair::text {
namespace {

constexpr std::size_t kMilestoneBytes = 4096;

}  // namespace

SourceFile::SourceFile(std::string name, std::string contents)
    : name_(std::move(name)), contents_(std::move(contents)) {
  line_starts_.push_back(0);
  for (std::size_t at = contents_.find('\n'); at != std::string::npos;
       at = contents_.find('\n', at + 1)) {
    if (at + 1 < contents_.size()) line_starts_.push_back(at + 1);
  }
  for (std::size_t line = 0; line < line_starts_.size(); ++line) {
    const bool is_last = line + 1 == line_starts_.size();
    AddMilestones(line_starts_[line], is_last ? contents_.size() : line_starts_[line + 1]);
  }
}

void SourceFile::AddMilestones(std::size_t begin, std::size_t end) {
  if (end - begin <= kMilestoneBytes) return;
  std::size_t column = 1;
  std::size_t next = begin + kMilestoneBytes;
  for (std::size_t at = begin; at < end; ++column) {
    if (at >= next) {
      milestones_.push_back({at, column});
      next = at + kMilestoneBytes;
    }
    at += NextUtf8(Text({at, end})).bytes;
  }
}

Position SourceFile::PositionOf(std::size_t offset) const {
  offset = std::min(offset, contents_.size());
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = static_cast<std::size_t>(after - line_starts_.begin());
  Milestone from{line_starts_[line - 1], 1};
  const auto milestone = std::ranges::upper_bound(milestones_, offset, {}, &Milestone::offset);
  if (milestone != milestones_.begin() && std::prev(milestone)->offset > from.offset) {
    from = *std::prev(milestone);
  }
  return {line, from.column + CountCodePoints(Text({from.offset, offset}))};
}

Span SourceFile::LineSpan(std::size_t line) const {
  assert(line >= 1 && line <= line_starts_.size());
  const std::size_t begin = line_starts_[line - 1];
  std::size_t end = contents_.find('\n', begin);
  if (end == std::string::npos) end = contents_.size();
  if (end > begin && contents_[end - 1] == '\r') --end;
  return {begin, end};
}

std::string_view SourceFile::Text(Span span) const {
  assert(span.begin <= span.end && span.end <= contents_.size());
  return std::string_view(contents_).substr(span.begin, span.end - span.begin);
}

std::string_view Describe(LoadError error) {
  switch (error) {
    case LoadError::kNotFound:
      return "no such file";
    case LoadError::kNotPermitted:
      return "no permission to read it";
    case LoadError::kIsDirectory:
      return "it is a directory, not a file";
    case LoadError::kNotARegularFile:
      return "it is a device or a pipe, not a regular file";
    case LoadError::kTooLarge:
      return "it is too large";
    case LoadError::kFailed:
      return "it cannot be read";
  }
  return "";
}

}  // namespace dhcpair::text
