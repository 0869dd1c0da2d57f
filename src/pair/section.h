#pragma once

#include <map>
#include <string>
#include <string_view>

#include "pair/keys.h"
#include "pair/pair.h"
#include "pair/yaml_tree.h"
#include "text/diagnostic.h"

namespace dhcpair::pair {

/// Takes the findings of one pair file. After kFindingsMax it says so and takes no more: nobody
/// reads on, and a file made of mistakes must not cost minutes.
class Reporter {
 public:
  static constexpr std::size_t kFindingsMax = 200;

  Reporter(text::SourcePtr source, text::Diagnostics& diagnostics)
      : source_(std::move(source)), diagnostics_(diagnostics) {}

  void Report(const text::Rule& rule, text::Span span, std::string message,
              std::vector<text::Note> notes = {});
  /// A finding about the file as a whole.
  void Report(const text::Rule& rule, std::string message);
  text::Note NoteAt(text::Span span, std::string message) const;
  const text::SourcePtr& source() const { return source_; }
  bool is_full() const { return diagnostics_.all().size() > kFindingsMax; }

 private:
  text::SourcePtr source_;
  text::Diagnostics& diagnostics_;
};

/// One value of a pair file with the row of its key.
struct Field {
  const Key* key;
  text::Span key_span;
  const YamlNode* value;
};

/// The keys of one mapping, each known and in its place, none twice, all with a value. Refers to
/// the tree it was made from.
class Section {
 public:
  /// No keys: what a missing section is.
  Section() = default;

  /// Checks a mapping's keys and reports what is wrong with them. `role` is that of a node, since
  /// a secondary's mistakes have words of their own.
  Section(const YamlNode& map, text::Span at, Place place, std::optional<Role> role,
          Reporter& reporter);

  /// The field of this name, or nullptr.
  const Field* Find(std::string_view name) const;
  /// True when the file does not even name the key; false for a key whose value was of no use.
  bool Lacks(std::string_view name) const { return !named_.contains(name); }
  /// The mapping under a key of this section, opened; empty when it is absent or no mapping.
  Section Open(std::string_view name, Place place, Reporter& reporter,
               std::optional<Role> role = std::nullopt) const;
  /// Where the section starts: the key above it.
  text::Span at() const { return at_; }
  /// False for a section that the file does not have.
  bool is_present() const { return is_present_; }

 private:
  std::map<std::string_view, Field> fields_;
  std::map<std::string_view, text::Span> named_;
  text::Span at_;
  bool is_present_ = false;
};

/// Reports a value of the wrong kind: "'interfaces' takes a list of words, not a single value".
void ReportWrongType(const Field& field, const YamlNode& value, Reporter& reporter);

}  // namespace dhcpair::pair
