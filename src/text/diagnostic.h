#pragma once

#include <optional>
#include <string>
#include <vector>

#include "text/rule.h"
#include "text/source_file.h"

namespace dhcpair::text {

/// Where a finding points: a file, and usually a span in it.
struct Location {
  SourcePtr source;
  /// Absent when the finding is about the file as a whole: it is missing, or it is empty.
  std::optional<Span> span;
};

/// The place of a finding about a file as a whole.
Location WholeFile(SourcePtr source);

/// A second place or a second sentence: "first defined here".
struct Note {
  std::string message;
  std::optional<Location> at;
};

/// Replaces the bytes of a span.
struct Edit {
  Location at;  ///< With a span; an empty one inserts before its byte.
  std::string replacement;
};

/// A change of the user's files that mends a finding and alters nothing else of what they mean.
struct Fix {
  std::string summary;  ///< What is done, as an order: "write 'split 128;'".
  std::vector<Edit> edits;
};

/// One finding. Messages start in lower case, have no full stop, quote the user's text in single
/// quotes, and say what would be right.
struct Diagnostic {
  const Rule* rule;
  Location at;
  std::string message;
  std::vector<Note> notes = {};
  /// Which node it concerns ("primary", "secondary", "primary and secondary"), or empty.
  std::string node = {};
  /// The line on which ISC dhcpd reports the mistake, where it reports one: 0 for the first token
  /// of a file, and often the line of the token behind the mistake.
  std::optional<std::size_t> dhcpd_line = {};
  std::optional<Fix> fix = {};
  /// Instead of the rule's own: as an error where both nodes are checked, or with --strict.
  std::optional<Severity> raised = {};

  Severity severity() const { return raised.value_or(rule->severity); }
};

/// The findings of one run, in the order in which a reader meets them in the files.
class Diagnostics {
 public:
  void Add(Diagnostic diagnostic) { all_.push_back(std::move(diagnostic)); }
  void Append(const Diagnostics& more) {
    all_.insert(all_.end(), more.all_.begin(), more.all_.end());
  }
  /// File by file as they first appeared, and by place within each file.
  void Sort();
  /// Makes one of findings that differ only in their node: "on primary and secondary".
  void Fold();

  const std::vector<Diagnostic>& all() const { return all_; }
  bool empty() const { return all_.empty(); }
  std::size_t Count(Severity severity) const;
  bool has_errors() const { return Count(Severity::kError) > 0; }

 private:
  std::vector<Diagnostic> all_;
};

/// "error", "warning" or "advice", as every format but SARIF and GitHub writes it.
std::string_view Name(Severity severity);

/// "1 error", "2 errors and 1 warning", or "" when there is neither.
std::string Tally(const Diagnostics& diagnostics);

}  // namespace dhcpair::text
