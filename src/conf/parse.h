#pragma once

#include <fmt/core.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ipv4_address.h"
#include "conf/lexer.h"
#include "text/diagnostic.h"
#include "text/suggest.h"

namespace dhcpair::conf {

/// The scope in which a statement stands, as dhcpd tells them apart.
enum class Scope { kGlobal, kSharedNetwork, kSubnet, kPool, kGroup, kHost, kClass };

/// "a subnet".
std::string_view Describe(Scope scope);

struct Subnet {
  base::Ipv4Address number;
  base::Ipv4Address mask;

  bool Holds(base::Ipv4Address address) const {
    return (address.value() & mask.value()) == number.value();
  }
};

/// A network as pools see it: the subnets that were read so far.
struct Network {
  std::vector<Subnet> subnets;
  bool has_peer = false;       ///< The shared network names a failover peer.
  bool has_interface = false;  ///< It has been tied to one.
};

struct Peer {
  std::size_t pools = 0;  ///< That name it themselves.
  text::Location declared_at;
};

/// What has been declared up to here. dhcpd reads once from the front to the end, so a name is
/// known behind its declaration only.
struct Names {
  std::map<std::string, Peer> peers;
  std::map<std::string, text::Location> hosts;
  std::set<std::string> classes;
  std::set<std::string> groups;
  std::set<std::string> keys;
  std::set<std::string> option_spaces;
  std::map<std::string, std::string> options;  ///< "space.name" in lower case, and the format.
  std::set<std::string> keyed_zones;
  /// Ranges of addresses, by their first one; they do not overlap.
  std::map<std::uint32_t, std::uint32_t> ranges;
  std::optional<text::Location> ad_hoc;     ///< A global "ddns-update-style ad-hoc".
  std::optional<text::Location> omapi_key;  ///< A global omapi-key.
  std::string omapi_key_name;
};

/// "there is no class 'x' before this", and the name that was probably meant.
template <typename Known>
std::string NotDeclared(std::string_view what, const std::string& name, const Known& known) {
  std::vector<std::string_view> candidates;
  for (const auto& entry : known) {
    if constexpr (requires { entry.first; }) {
      candidates.push_back(entry.first);
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

/// The tokens of one file while it is read, and what is wrong with them. Keeps the line on which
/// dhcpd would report a mistake: that of the token it took last, whatever it has peeked at.
class Parse {
 public:
  Parse(text::SourcePtr source, Names& names, text::Diagnostics& diagnostics);

  const Token& Peek(std::size_t ahead = 0) const;
  const Token& Next();
  /// Takes the token when it is this one.
  template <typename What>
  bool Accept(What what) {
    if (!Peek().Is(what)) return false;
    Next();
    return true;
  }
  std::string_view Text(const Token& token) const { return source_->Text(token.span()); }
  /// The text, or the value of a string.
  std::string Value(const Token& token) const;

  /// Each reports a mistake and returns false, so that a rule of the grammar can end with it.
  bool Fail(const text::Rule& rule, text::Span at, std::string message);
  bool Fail(const text::Rule& rule, const Token& at, std::string message);
  /// "expected X, found Y" at a token.
  bool Expected(const Token& found, std::string_view what);

  /// At the end of a file: a block is still open.
  bool Unclosed(const Token& brace);

  /// Takes a ';', or reports that it is missing behind the last token. What stands instead is left
  /// when it begins another statement on a line of its own.
  bool Semicolon();
  bool LeftBrace();
  /// To the end of a statement in which something was wrong, and which began at this position:
  /// behind its ';' or its block, or before the '}' of the block around it.
  void Recover(std::size_t start);

  /// The same spot of the file, for rules that look ahead.
  std::size_t position() const { return next_; }
  text::Location LocationOf(text::Span span) const { return {source_, span}; }
  Names& names() { return names_; }
  const text::SourcePtr& source() const { return source_; }
  std::size_t errors() const { return errors_; }

 private:
  void ReportLexErrors(const std::vector<LexError>& errors);
  void Add(const text::Rule& rule, text::Span at, std::string message, std::size_t dhcpd_line,
           std::vector<text::Note> notes = {});

  text::SourcePtr source_;
  Names& names_;
  text::Diagnostics& diagnostics_;
  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  std::size_t line_ = 0;
  std::size_t errors_ = 0;
  bool at_statement_ = false;  // The missing ';' was reported, and the next token is well.
};

}  // namespace dhcpair::conf
