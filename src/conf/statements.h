#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "conf/model.h"

namespace dhcpair::conf {

/// Where statements may stand: bits of Contexts.
enum class Context : std::uint16_t {
  kGlobal = 1,
  kSharedNetwork = 2,
  kSubnet = 4,
  kPool = 8,
  kGroup = 16,
  kHost = 32,
  kClass = 64,      ///< Also subclass.
  kBody = 128,      ///< What is executed: if, switch, on.
  kFailover = 256,  ///< In the block of a failover peer.
};

/// All of them, from the outside in.
std::span<const Context> AllContexts();

/// "shared-network", as people call a context.
std::string_view Name(Context context);

struct Contexts {
  std::uint16_t bits = 0;

  constexpr bool Has(Context context) const {
    return (bits & static_cast<std::uint16_t>(context)) != 0;
  }
  /// Whether a statement may stand right in a scope of this kind.
  bool Has(ScopeKind kind) const;
};

enum class Family : std::uint8_t {
  kBoth,
  kV4,
  kV6,  ///< Of DHCPv6 alone: with no contexts an error in a DHCPv4 configuration, else without
        ///< effect.
};

/// A statement that ISC dhcpd 4.4.3-P1 knows: one row of the table that the parser, explain and the
/// tests read.
struct StatementDefinition {
  /// How it begins: "subnet", "option space", "max-lease-time".
  std::string_view name;
  /// What follows, as manuals write it; up to the ';' or with the block.
  std::string_view argument;
  Contexts contexts;
  Family family = Family::kBoth;
  /// Of a parameter of the server: its value, in the letters of dhcp::OptionDefinition::format, and
  /// k: the name of a key. Empty for all others.
  std::string_view format = {};
  /// What dhcpd takes where nothing is said; empty where that is nothing.
  std::string_view standard = {};
  /// It may stand in any scope, but only the global one counts.
  bool is_global = false;
  /// A whole statement that dhcpd takes in all its contexts; a parameter's follows from its format.
  std::string_view example = {};

  bool is_parameter() const { return !format.empty(); }
};

/// All of them: first those with a grammar of their own, then the parameters of the server, in the
/// order of the alphabet.
std::span<const StatementDefinition> Statements();

/// The statement that begins with this word, in any case, or nullptr.
const StatementDefinition* FindStatement(std::string_view name);

/// The parameter of the server of this name in any case, or nullptr.
const StatementDefinition* FindParameter(std::string_view name);

/// How many octets the global value of a parameter must have for dhcpd to start; nothing where that
/// is all the same.
std::optional<std::size_t> OctetsAtStart(std::string_view name);

/// The words of an enumeration ("ddns-styles"), as they must be written; empty when there is none.
std::span<const std::string_view> Enumeration(std::string_view name);

}  // namespace dhcpair::conf
