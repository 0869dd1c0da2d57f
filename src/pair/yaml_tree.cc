#include "pair/yaml_tree.h"

#include <fmt/core.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

#include "pair/rules.h"
#include "text/utf8.h"

namespace dhcpair::pair {
namespace {

using text::Span;

constexpr std::size_t kValuesMax = 20'000;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// Thrown by the builder through yaml-cpp when there is no point in reading on.
struct TooManyValues {
  std::size_t offset;
};

// Builds the tree from yaml-cpp's events. Its own Node would follow aliases (a recursive one loads
// and never ends), forget where keys stand, and turn texts into numbers by rules of its own.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const text::SourcePtr& source, std::size_t offset, text::Diagnostics& diagnostics)
      : source_(source), offset_(offset), diagnostics_(diagnostics) {}

  YamlNode& root() { return root_; }
  int documents() const { return documents_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2) {
      Report(rules::kManyDocuments, {Offset(mark), Offset(mark)},
             "a second YAML document starts here; write one file for each pair");
    }
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    Add({YamlNode::Kind::kNull, At(mark)});
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    const Span span = WordAt(mark);
    Report(rules::kYamlAlias, span,
           fmt::format("'{}' is a YAML alias; write the value itself (what both nodes share "
                       "stands at the top)",
                       source_->Text(span)));
    Add({YamlNode::Kind::kNull, span});
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    CheckTag(mark, tag);
    YamlNode node(YamlNode::Kind::kScalar, ScalarSpan(mark, value));
    node.quoted = tag == "!";
    node.text = value;
    Add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    CheckTag(mark, tag);
    Open({YamlNode::Kind::kList, At(mark)});
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    CheckTag(mark, tag);
    Open({YamlNode::Kind::kMap, At(mark)});
  }
  void OnMapEnd() override { Close(); }

 private:
  // A collection that is being read; of a map also the key that waits for its value.
  struct Level {
    YamlNode node;
    std::optional<YamlNode> key;
  };

  std::size_t Offset(const YAML::Mark& mark) const {
    const std::size_t at = offset_ + static_cast<std::size_t>(std::max(mark.pos, 0));
    return std::min(at, source_->contents().size());
  }

  Span At(const YAML::Mark& mark) const {
    const std::size_t begin = Offset(mark);
    return {begin, std::min(begin + 1, source_->contents().size())};
  }

  Span WordAt(const YAML::Mark& mark) const {
    const std::size_t begin = Offset(mark);
    const std::size_t end = source_->contents().find_first_of(" \t\r\n,]}", begin);
    return {begin, std::min(end, source_->contents().size())};
  }

  Span ScalarSpan(const YAML::Mark& mark, const std::string& value) const {
    const std::string& contents = source_->contents();
    const std::size_t begin = Offset(mark);
    const std::string_view rest = std::string_view(contents).substr(begin);
    if (!value.empty() && rest.starts_with(value)) return {begin, begin + value.size()};
    if (rest.starts_with('"') || rest.starts_with('\'')) {
      const std::size_t close = contents.find(rest[0], begin + 1);
      const std::size_t line_end = contents.find('\n', begin);
      if (close < line_end) return {begin, close + 1};
    }
    return At(mark);
  }

  void CheckTag(const YAML::Mark& mark, const std::string& tag) {
    // yaml-cpp says "?" for a plain value, "!" for a quoted one and the tag itself otherwise.
    if (tag.empty() || tag == "?" || tag == "!") return;
    const Span span = WordAt(mark);
    Report(rules::kYamlTag, span,
           fmt::format("'{}' is a YAML tag; write the plain value", source_->Text(span)));
  }

  void Add(YamlNode node) {
    if (documents_ > 1) return;
    if (++values_ > kValuesMax) throw TooManyValues{node.span.begin};
    if (levels_.empty()) {
      root_ = std::move(node);
      return;
    }
    Level& level = levels_.back();
    if (level.node.kind == YamlNode::Kind::kList) {
      level.node.items.push_back(std::move(node));
    } else if (!level.key) {
      level.key = std::move(node);
    } else {
      level.node.entries.push_back({*std::move(level.key), std::move(node)});
      level.key.reset();
    }
  }

  void Open(YamlNode node) {
    if (documents_ <= 1) levels_.push_back({std::move(node), std::nullopt});
  }

  void Close() {
    if (documents_ > 1) return;
    YamlNode node = std::move(levels_.back().node);
    levels_.pop_back();
    Add(std::move(node));
  }

  void Report(const text::Rule& rule, Span span, std::string message) {
    diagnostics_.Add({&rule, {source_, span}, std::move(message)});
  }

  const text::SourcePtr& source_;
  const std::size_t offset_;  // Of the YAML text in the file: behind a byte-order mark.
  text::Diagnostics& diagnostics_;
  YamlNode root_;
  std::vector<Level> levels_;
  std::size_t values_ = 0;
  int documents_ = 0;
};

// Where the person should look, and for what: yaml-cpp's own words are of little help.
struct Problem {
  std::size_t offset;
  std::string message;
};

Problem Explain(std::string_view contents, std::size_t offset, std::string_view reason) {
  const std::size_t line = contents.rfind('\n', offset == 0 ? 0 : offset - 1);
  const std::size_t begin = line == std::string_view::npos ? 0 : line + 1;
  const std::string_view head = contents.substr(begin);
  const std::string_view indent = head.substr(0, head.find_first_not_of(" \t"));
  if (const std::size_t tab = indent.find('\t'); tab != std::string_view::npos) {
    return {begin + tab, "a tab cannot indent YAML; use blanks"};
  }
  if (reason.starts_with("illegal map value")) {
    return {offset,
            "a colon stands where no key can be; check the indentation, or put the text in "
            "quotes"};
  }
  if (reason.starts_with("end of map not found")) {
    return {offset,
            "this line does not fit the lines above; check its indentation and the missing colon"};
  }
  if (reason.starts_with("end of map flow") || reason.starts_with("end of sequence flow")) {
    return {offset, "a bracket that was opened is not closed"};
  }
  if (reason.starts_with("bad file")) return {offset, "nested too deeply"};
  return {offset, std::string(reason)};
}

bool CheckText(const text::SourcePtr& source, text::Diagnostics& diagnostics) {
  const std::string& contents = source->contents();
  std::optional<std::size_t> bad = text::FindInvalidUtf8(contents);
  if (const std::size_t nul = contents.find('\0'); nul != std::string::npos) {
    bad = bad ? std::min(*bad, nul) : nul;
  }
  if (!bad) return true;
  diagnostics.Add(
      {&rules::kNotUtf8,
       {source, Span{*bad, *bad + 1}},
       fmt::format("byte 0x{:02x} does not belong in UTF-8 text; save the file as UTF-8",
                   static_cast<unsigned char>(contents[*bad]))});
  return false;
}

}  // namespace

YamlNode::YamlNode() = default;

YamlNode::YamlNode(Kind the_kind, text::Span the_span) : kind(the_kind), span(the_span) {}

std::optional<YamlNode> ReadYaml(const text::SourcePtr& source, text::Diagnostics& diagnostics) {
  if (!CheckText(source, diagnostics)) return std::nullopt;
  const std::string& contents = source->contents();
  const std::size_t offset = contents.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  TreeBuilder builder(source, offset, diagnostics);
  try {
    std::istringstream stream(contents.substr(offset));
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    const std::size_t mark = offset + static_cast<std::size_t>(std::max(error.mark.pos, 0));
    const Problem problem = Explain(contents, std::min(mark, contents.size()), error.msg);
    diagnostics.Add({&rules::kNotYaml,
                     {source, Span{problem.offset, std::min(problem.offset + 1, contents.size())}},
                     "not valid YAML: " + problem.message});
    return std::nullopt;
  } catch (const TooManyValues& error) {
    diagnostics.Add({&rules::kTooLarge,
                     {source, Span{error.offset, error.offset}},
                     fmt::format("more than {} values; no pair file is that long", kValuesMax)});
    return std::nullopt;
  }
  const YamlNode& root = builder.root();
  if (root.kind == YamlNode::Kind::kNull) {
    diagnostics.Add({&rules::kEmpty, text::WholeFile(source),
                     "the file says nothing; `dhcpair init` writes one to start from"});
    return std::nullopt;
  }
  if (root.kind != YamlNode::Kind::kMap) {
    diagnostics.Add({&rules::kWrongType,
                     {source, root.span},
                     fmt::format("a pair file is a mapping that starts with 'pair: NAME', not {}",
                                 Describe(root.kind))});
    return std::nullopt;
  }
  return std::move(builder.root());
}

std::string_view Describe(YamlNode::Kind kind) {
  switch (kind) {
    case YamlNode::Kind::kNull:
      return "nothing";
    case YamlNode::Kind::kScalar:
      return "a single value";
    case YamlNode::Kind::kList:
      return "a list";
    case YamlNode::Kind::kMap:
      return "a mapping";
  }
  return "";
}

}  // namespace dhcpair::pair
