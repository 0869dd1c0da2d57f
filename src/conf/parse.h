#pragma once

#include <fmt/core.h>

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "conf/host_index.h"
#include "conf/lexer.h"
#include "conf/limits.h"
#include "conf/model.h"
#include "conf/pool_list.h"
#include "text/diagnostic.h"
#include "text/suggest.h"

namespace dhcpair::conf {

/// What has been declared up to here, beside the Model: dhcpd reads once from the front to the end,
/// so a name is known behind its declaration only.
struct Known {
  HostIndex hosts;
  std::map<std::string_view, Index> classes;
  std::set<std::string_view> groups;
  std::set<std::string, std::less<>> keys;  ///< In lower case.
  std::set<std::string_view> option_spaces;
  /// Option spaces that an option encapsulates.
  std::set<std::string, std::less<>> encapsulated{"agent", "fqdn",   "isc",          "isc6",
                                                  "nwip",  "vendor", "vendor-class", "vsio"};
  /// Options that the configuration declares, by "space.name" in lower case.
  std::map<std::string, Index, std::less<>> options;
  /// Ranges of addresses, by their first one; they do not overlap.
  std::map<std::uint32_t, std::uint32_t> ranges;
  /// The subnets of a shared network that can be referred to.
  std::unordered_map<Index, SubnetIndex> subnets;
  /// The pools of each network, as dhcpd looks through them.
  std::unordered_map<Index, PoolList> pools;
  /// The implied pools of the Model, by their subnet and the first one of the pool that they are
  /// one of to dhcpd.
  std::map<std::pair<Index, Index>, Index> implied_pools;
  /// Global parameters whose value is of a length that dhcpd does not start with, by name.
  std::map<std::string_view, text::Location> bad_at_start;
  /// The "default:" at the end of a global switch.
  std::optional<text::Location> empty_default;
  std::optional<text::Location> ad_hoc;     ///< A global "ddns-update-style ad-hoc".
  std::optional<text::Location> omapi_key;  ///< A global omapi-key.
  std::string_view omapi_key_name;
};

/// "there is no class 'x' before this", and the name that was probably meant.
template <typename Names>
std::string NotDeclared(std::string_view what, std::string_view name, const Names& known) {
  std::vector<std::string_view> candidates;
  for (const auto& entry : known) {
    if constexpr (requires { entry.first; }) {
      candidates.push_back(entry.first);
    } else if constexpr (requires { entry.name; }) {
      candidates.push_back(entry.name);
    } else {
      candidates.push_back(entry);
    }
  }
  std::string message = fmt::format("there is no {} '{}' before this", what, name);
  if (const auto meant = text::DidYouMean(name, candidates)) {
    message += fmt::format("; did you mean '{}'?", *meant);
  }
  return message;
}

/// One file while it is read: its tokens, the tree and the Model that come of them, and what is
/// wrong. Keeps the line on which dhcpd would report a mistake: that of the token it took last,
/// whatever it has peeked at.
class Parse {
 public:
  /// What is read goes into the Model, the file into a new one of its files.
  Parse(text::SourcePtr source, Model& model, Known& known, text::Diagnostics& diagnostics);

  Token Peek() const { return ahead_[0]; }
  /// The second or third token from here.
  Token PeekBeyond(std::size_t ahead);
  Token Next();
  /// Takes the token when it is this one.
  template <typename What>
  bool Accept(What what) {
    if (!Peek().Is(what)) return false;
    Next();
    return true;
  }
  std::string_view Text(const Token& token) const {
    return text_.substr(token.begin, token.end - token.begin);
  }
  /// The text, or the value of a string.
  std::string_view Value(const Token& token);

  /// Each reports a mistake and returns false, so that a rule of the grammar can end with it.
  bool Fail(const text::Rule& rule, text::Span at, std::string message);
  bool Fail(const text::Rule& rule, const Token& at, std::string message);
  /// "expected X, found Y" at a token.
  bool Expected(const Token& found, std::string_view what);

  /// dhcpd 4.4.3-P1 looks at a variable that it never set before it reports that an operand is
  /// missing in the value of `option NAME = ...;` outside of the bodies of if and the like; the
  /// statement is dropped without a word then. While this is on, so are such statements here, with
  /// a warning.
  void set_drops_statements(bool drops) { drops_statements_ = drops; }
  bool drops_statements() const { return drops_statements_; }

  /// At the end of a file: a block is still open.
  bool Unclosed(const Token& brace);

  /// Takes a ';', or reports that it is missing behind the last token. What stands instead is left
  /// when it begins another statement on a line of its own.
  bool Semicolon();
  bool LeftBrace();
  /// Reports that there is more of something than is followed, and gives the rest of the file up.
  bool TooDeep(const Token& at, std::string_view what);
  /// The same of a block that lies in too many others.
  bool TooManyBlocks(const Token& brace);

  /// A node begins at the next token; what is opened up to its Close lies in it.
  std::size_t Open(NodeKind kind);
  /// It ends behind the token that was taken last.
  void Close(std::size_t node);
  /// What began was no node: it was the end of the block around it.
  void Drop(std::size_t node) { nodes_.resize(node); }
  /// A statement that could be read ends here; of one that could not, the rest is skipped: up to
  /// behind its ';' or its block, or before the '}' of the block around it.
  void CloseStatement(std::size_t node, bool ok);
  /// Nothing of the statement that could not be read is left to skip.
  void SkipNoMore() { at_statement_ = true; }
  void SetKind(std::size_t node, NodeKind kind) { nodes_[node].kind = kind; }

  /// Where the next token begins.
  std::uint32_t position() const { return ahead_[0].begin; }
  text::Location LocationOf(text::Span span) const { return {source_, span}; }
  Origin OriginOf(text::Span span) const;
  Origin OriginOf(const Token& token) const { return {file_, token.begin, token.end}; }
  /// From the first byte of a token to the last of the one that was taken last.
  Origin OriginFrom(const Token& first) const;
  Model& model() { return model_; }
  Known& known() { return known_; }
  const text::SourcePtr& source() const { return source_; }
  std::size_t errors() const { return errors_; }

 private:
  void ReportLexErrors();
  void Recover(std::uint32_t start);
  void GoTo(const Token& token);
  void GiveUp(std::uint32_t line);
  void Add(const text::Rule& rule, text::Span at, std::string message, std::size_t dhcpd_line,
           std::vector<text::Note> notes = {});

  text::SourcePtr source_;
  const std::string_view text_;
  Model& model_;
  Known& known_;
  text::Diagnostics& diagnostics_;
  const Index file_;
  std::vector<Node>& nodes_;
  Lexer lexer_;
  std::array<Token, 3> ahead_;  // The first ahead_count_ of them were read and not taken.
  std::size_t ahead_count_ = 0;
  Token last_;                              // The one that was taken last.
  std::size_t lex_errors_ = 0;              // Of the lexer's, reported.
  std::optional<std::uint32_t> bad_token_;  // Where the last token begins that holds one of them.
  std::size_t line_ = 0;
  std::size_t errors_ = 0;
  bool drops_statements_ = false;
  bool gave_up_ = false;
  bool at_statement_ = false;  // The next token is well, whatever was wrong before.
};

}  // namespace dhcpair::conf
