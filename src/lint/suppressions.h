#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "conf/syntax_tree.h"
#include "lint/ignore_comment.h"
#include "lint/registry.h"
#include "lint/selection.h"
#include "text/diagnostic.h"

namespace dhcpair::lint {

/// The comments `# dhcpair: ignore=ID[,ID] reason` in the files of one check.
///
/// In a dhcpd.conf one behind a statement covers the findings that begin on its line, and one alone
/// on a line covers the next statement whole. In a pair.yaml it covers its own line or, alone, the
/// next one; and since what is generated has no place for comments, it covers the same rules there.
/// A finding about a file as a whole is covered from anywhere in that file. One without a reason
/// covers nothing.
class Suppressions {
 public:
  /// Reads those of a dhcpd.conf or an include of it. Of a file that both nodes read once counts.
  void Read(const conf::SyntaxTree& tree);
  /// Reads those of a pair.yaml; `generated` are the names of what is generated from it.
  void ReadPairFile(const text::SourcePtr& source, const std::vector<std::string>& generated);

  /// What can be said of comments that covered nothing.
  struct Knowledge {
    Context context;
    const Selection& selection;
    /// Nothing kept the rules from seeing all.
    bool is_complete;
  };
  /// The findings that no comment covers, and those about the comments themselves: without a
  /// reason, of an unknown rule, of one that cannot be ignored, or of one that is not broken there.
  text::Diagnostics Apply(const text::Diagnostics& found, const Knowledge& knowledge);

 private:
  // One ID of a comment.
  struct Ignored {
    text::SourcePtr source;
    IgnoreComment comment;
    text::Span word;
    std::vector<const text::Rule*> rules;  // That can be ignored.
    bool is_used = false;
  };
  struct Cover {
    text::Span span;
    Ignored* ignored;
  };
  // The covers of one rule in one file. Findings are asked for in the order of their places.
  struct Covers {
    std::vector<Cover> all;
    std::size_t next = 0;
    std::vector<Cover> open;  // Begun, and not known to have ended.

    Ignored* At(std::size_t offset);
  };
  using Key = std::pair<std::string, const text::Rule*>;

  void Add(const text::SourcePtr& source, const IgnoreComment& comment, text::Span covered,
           const std::vector<std::string>& generated);
  bool IsCovered(const text::Diagnostic& diagnostic);
  void ReportUnused(const Knowledge& knowledge);
  void Report(const text::Rule& rule, const text::SourcePtr& source, text::Span span,
              std::string message);

  std::set<std::string> files_;
  std::deque<Ignored> ignored_;
  std::map<Key, Covers> covers_;
  text::Diagnostics findings_;  // About comments.
};

}  // namespace dhcpair::lint
