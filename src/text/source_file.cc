#include "text/source_file.h"

#include <algorithm>
#include <cassert>

#include "text/utf8.h"

namespace dhcpair::text {

SourceFile::SourceFile(std::string name, std::string contents)
    : name_(std::move(name)), contents_(std::move(contents)) {
  line_starts_.push_back(0);
  for (std::size_t at = contents_.find('\n'); at != std::string::npos;
       at = contents_.find('\n', at + 1)) {
    if (at + 1 < contents_.size()) line_starts_.push_back(at + 1);
  }
}

Position SourceFile::PositionOf(std::size_t offset) const {
  offset = std::min(offset, contents_.size());
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const auto line = static_cast<std::size_t>(after - line_starts_.begin());
  const std::size_t start = line_starts_[line - 1];
  const std::string_view before = Text({start, offset});
  return {line, CountCodePoints(before) + 1};
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
