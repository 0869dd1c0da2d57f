#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dhcpair::text {

/// A half-open range of bytes of one SourceFile.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

/// A place as people count it: both from 1, columns in code points.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

/// A file that the user wrote (or that we are about to write for them), kept whole so that
/// findings can point into it. Never changes after it was made.
class SourceFile {
 public:
  /// `name` is what findings call the file: the path as the user gave it.
  SourceFile(std::string name, std::string contents);

  const std::string& name() const { return name_; }
  const std::string& contents() const { return contents_; }
  std::size_t line_count() const { return line_starts_.size(); }

  /// Where the byte at `offset` stands; an offset beyond the end counts as the end.
  Position PositionOf(std::size_t offset) const;
  /// The span of a line without its line end. `line` counts from 1 and must exist.
  Span LineSpan(std::size_t line) const;
  /// The bytes of a span of this file.
  std::string_view Text(Span span) const;

 private:
  // A place in a long line from which columns are counted, for no reader can wait until all of a
  // line of megabytes is counted for each finding in it.
  struct Milestone {
    std::size_t offset;
    std::size_t column;
  };

  void AddMilestones(std::size_t begin, std::size_t end);

  std::string name_;
  std::string contents_;
  std::vector<std::size_t> line_starts_;
  std::vector<Milestone> milestones_;
};

/// Findings outlive the parser that made them, so they share the file with it.
using SourcePtr = std::shared_ptr<const SourceFile>;

/// Why a file could not be read.
enum class LoadError {
  kNotFound,
  kNotPermitted,
  kIsDirectory,
  kNotARegularFile,  ///< A device, a socket or a FIFO, which may never end.
  kTooLarge,         ///< Longer than the limit the caller gave.
  kFailed,           ///< The disk or the file system said no.
};

/// What happened, as the end of a sentence: "no such file".
std::string_view Describe(LoadError error);

/// How the rooms that do no I/O get at files. `host` has the real one; tests keep files in a map.
class SourceLoader {
 public:
  virtual ~SourceLoader() = default;
  /// Reads a whole regular file of at most `bytes_max` bytes.
  [[nodiscard]] virtual std::expected<SourcePtr, LoadError> Load(const std::string& path,
                                                                 std::size_t bytes_max) = 0;
  /// Whether there is a folder of this name.
  bool IsFolder(const std::string& path) {
    const auto loaded = Load(path, 0);
    return !loaded && loaded.error() == LoadError::kIsDirectory;
  }
};

}  // namespace dhcpair::text
