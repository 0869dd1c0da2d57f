#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/ipv4_address.h"
#include "conf/expression_tree.h"
#include "conf/subnet_index.h"
#include "conf/syntax_tree.h"
#include "text/diagnostic.h"

namespace dhcpair::conf {

/// Where something was written: a file of the Model, and the bytes in it.
struct Origin {
  std::uint32_t file = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// A place in one of the Model's lists.
using Index = std::uint32_t;

/// The kinds of scopes as dhcpd tells them apart.
enum class ScopeKind : std::uint8_t {
  kGlobal,
  kSharedNetwork,
  kSubnet,
  kPool,
  kGroup,
  kHost,
  kClass
};

/// "a subnet".
std::string_view Describe(ScopeKind scope);

enum class StatementKind : std::uint8_t {
  kSupersede,  ///< option NAME VALUE; a parameter; allow and deny: the innermost one counts.
  kDefault,    ///< Only where there is no value yet.
  kAppend,
  kPrepend,
  kSend,
  kIf,      ///< value; body; otherwise.
  kSwitch,  ///< value; body, in which kCase and kDefaultCase mark where to go on.
  kCase,    ///< value.
  kDefaultCase,
  kOn,        ///< body; events.
  kSet,       ///< name = value.
  kDefine,    ///< name (names) { body }.
  kUnset,     ///< name.
  kEvaluate,  ///< value, for what it does.
  kReturn,    ///< value.
  kLog,       ///< value; number: the level.
  kExecute,   ///< name: the program; arguments.
  kAdd,       ///< name: a class.
  kBreak,
  kParseVendorOption,
};

/// When an `on` statement runs. Values of an on's `events` are or-ed.
inline constexpr std::uint32_t kOnCommit = 1;
inline constexpr std::uint32_t kOnRelease = 2;
inline constexpr std::uint32_t kOnExpiry = 4;
inline constexpr std::uint32_t kOnTransmission = 8;

/// The level of a `log` statement, from fatal, 0, to debug, 3; info where it names none.
inline constexpr std::uint32_t kLogInfo = 2;

struct Branches;

/// A statement that is executed for a client. Parameters of the server are options of the space
/// "server", as in dhcpd: `default-lease-time 600;` sets server.default-lease-time, and
/// `deny booting;` sets server.booting to off.
struct Statement {
  StatementKind kind;
  Origin origin;                ///< From its first word to its ';' or '}'.
  std::string_view space = {};  ///< Of an option, in lower case.
  std::string_view name = {};   ///< An option (in lower case), a variable, a class, a program.
  std::uint32_t number = 0;     ///< The option's code, a kOn's events, or a kLog's level.
  ExpressionId value = ExpressionId::kNone;  ///< Octets as on the wire where they are known.
  Origin value_origin = {};                  ///< As written, where there is a value.
  std::unique_ptr<Branches> branches = {};   ///< Of those that have any.

  bool Sets(std::string_view of_space, std::string_view of_name) const;
};

struct Branches {
  std::vector<Statement> body;
  std::vector<Statement> otherwise;
  std::vector<ExpressionId> arguments;
  std::vector<std::string_view> names;
};

/// A scope and what stands in it, in order. What is not said here is inherited from the scope
/// around it.
struct Scope {
  ScopeKind kind = ScopeKind::kGlobal;
  std::optional<Index> parent = {};  ///< Absent for the global scope.
  Origin origin = {};                ///< From its first word to its '}'.
  std::vector<Statement> statements = {};
  std::optional<bool> authoritative = {};  ///< "authoritative" or "not authoritative" here.
};

/// An address as written where host names are taken too. A name is never looked up.
struct AddressOrName {
  std::optional<base::Ipv4Address> address = {};
  std::string_view name = {};  ///< When it is no address.
  Origin origin = {};
};

/// A range statement; first is the lower end, whatever the order in which they were written.
struct Range {
  base::Ipv4Address first;
  base::Ipv4Address last;
  bool is_dynamic_bootp = false;
  bool is_reversed = false;
  Origin origin = {};     ///< From "range" to ';'.
  Origin addresses = {};  ///< The first word behind "range".
  /// That in which it stands, if it stands in no pool.
  std::optional<Index> subnet = {};

  std::uint64_t size() const { return std::uint64_t{last.value()} - first.value() + 1; }
  bool Holds(base::Ipv4Address address) const { return first <= address && address <= last; }
};

enum class PermitKind : std::uint8_t {
  kUnknownClients,
  kKnownClients,
  kAuthenticatedClients,
  kUnauthenticatedClients,
  kAllClients,
  kDynamicBootpClients,
  kMembersOf,
  kAfter,
};

/// An allow or deny statement of a pool.
struct Permit {
  bool is_allow;
  PermitKind kind;
  std::string_view class_name = {};
  Origin origin = {};
};

struct Pool {
  Index scope = {};
  Index network = {};
  std::optional<Index> subnet = {};  ///< In which it stands, if it stands in one.
  /// Its own, then those right in a subnet of its network that dhcpd puts into it: it takes some
  /// for the pool before the first one that says `deny dynamic bootp clients;` and allows and
  /// denies nothing else (see PoolList).
  std::vector<Range> ranges = {};
  std::vector<Permit> permits = {};
  std::optional<Index> peer = {};  ///< Named here, or by its shared network before it.
  Origin peer_origin = {};  ///< Of the "failover peer" statement, where it stands in the pool.
  /// Made by dhcpd for range statements of a subnet outside of any pool; its origin is the first of
  /// them, its scope that of the subnet, and it is in no failover. Where dhcpd makes one for
  /// several subnets of a shared network, there is one for each of them here: to clients it is the
  /// same.
  bool is_implied = false;
  Origin origin = {};
};

struct Subnet {
  base::Ipv4Address number;
  base::Ipv4Address mask;
  Index scope = 0;
  Index network = 0;
  Origin origin = {};  ///< "subnet NUMBER netmask MASK".

  bool Holds(base::Ipv4Address address) const {
    return (address.value() & mask.value()) == number.value();
  }
  base::Ipv4Address broadcast() const { return base::Ipv4Address(number.value() | ~mask.value()); }
};

/// A shared network, or the network of a subnet that stands in none.
struct Network {
  std::string_view name = {};  ///< Empty for a subnet alone.
  Index scope = 0;             ///< For a subnet alone that of the subnet.
  std::vector<Index> subnets = {};
  std::vector<Index> pools = {};
  std::optional<Index> peer = {};  ///< Named by the shared network itself.
  bool has_interface = false;
  Origin origin = {};
};

struct HardwareAddress {
  std::string_view type = {};  ///< "ethernet".
  std::string octets = {};     ///< Any number up to 20.
  Origin origin = {};
};

struct Host {
  std::string_view name;
  Index scope = 0;
  std::optional<HardwareAddress> hardware = {};
  std::span<const AddressOrName> fixed_addresses = {};
  std::string_view uid = {};
  std::string_view group = {};  ///< Named by `group NAME;`.
  bool has_fixed_address = false;
  bool has_uid = false;
  bool has_identifier = false;  ///< A host-identifier.
  bool is_deleted = false;      ///< While a file is read: by a later `deleted;`.
  Origin origin = {};           ///< Its name.
};

/// A group that has a name.
struct Group {
  std::string_view name;
  Index scope = 0;
};

struct Class {
  std::string_view name = {};
  Index scope = 0;  ///< Of its first block; what later ones say is in there too.
  ExpressionId match_if = ExpressionId::kNone;
  ExpressionId match = ExpressionId::kNone;  ///< Of subclasses.
  bool spawns = false;                       ///< "spawn with" rather than "match".
  std::optional<long> lease_limit = {};
  Origin origin = {};
};

struct Subclass {
  std::string_view class_name = {};
  std::string data = {};  ///< Octets that the class's match must give.
  std::optional<Index> scope = {};
  Origin origin = {};
};

/// One statement of a failover peer, as written. The last one of a kind counts.
struct PeerStatement {
  Keyword word;                ///< address, port, mclt, split, hba, load, primary ...
  bool is_partners = false;    ///< Behind the word "peer".
  long number = 0;             ///< As C's atoi reads it.
  AddressOrName address = {};  ///< Of an address.
  std::string hba = {};        ///< 32 octets.
  Origin origin = {};
};

/// A failover peer: this server's side of a relationship.
struct Peer {
  std::string_view name = {};
  bool is_secondary = false;
  std::vector<PeerStatement> statements = {};
  std::size_t pools = 0;    ///< Pools that name it themselves; one that inherits it does not count.
  Origin origin = {};       ///< The name.
  Origin declaration = {};  ///< From "failover" to '}'.

  /// The statement that counts, or nullptr.
  const PeerStatement* Last(Keyword word, bool is_partners = false) const;
};

struct Key {
  std::string_view name = {};
  std::string_view algorithm = {};
  std::string_view secret = {};
  Origin origin = {};         ///< From "key" to '}'.
  Origin secret_origin = {};  ///< The base64 text.
};

struct Zone {
  std::string_view name = {};
  std::string_view key = {};
  std::vector<AddressOrName> primaries = {};
  Origin origin = {};
};

/// An option that the configuration declares.
struct DeclaredOption {
  std::string_view space = {};  ///< In lower case, as name is.
  std::string_view name = {};
  long code = {};
  std::string_view format = {};  ///< As in dhcp::OptionDefinition.
  Origin origin = {};
};

/// All that a dhcpd.conf and the files that it includes say, names resolved as dhcpd does: reading
/// once from the front to the end. Texts are views into the files, which the Model keeps.
struct Model {
  Model();

  std::deque<SyntaxTree> files;  ///< The first one is the dhcpd.conf, then its includes.
  std::deque<Scope> scopes;      ///< The first one is the global scope.
  Expressions expressions;
  std::deque<Network> networks;
  std::deque<Subnet> subnets;
  std::deque<Pool> pools;
  std::deque<Host> hosts;  ///< Without those that were deleted again.
  std::deque<Class> classes;
  std::deque<Subclass> subclasses;
  std::deque<Group> groups;
  std::deque<Peer> peers;
  std::deque<Key> keys;
  std::deque<Zone> zones;
  std::deque<DeclaredOption> options;
  std::deque<std::string_view> option_spaces;
  bool has_errors = false;  ///< dhcpd would not start with it, and something may be missing here.

  text::Location LocationOf(const Origin& origin) const;
  std::string_view TextOf(const Origin& origin) const;

  /// The statement of this scope or the innermost one around it that sets an option without a
  /// condition; nullptr when none does. The space of a parameter is "server".
  const Statement* Find(Index scope, std::string_view space, std::string_view name) const;
  /// The same of this scope alone.
  const Statement* FindHere(Index scope, std::string_view space, std::string_view name) const;
  /// The octets of a value that stands in the file; absent when it is computed.
  std::optional<std::string_view> OctetsOf(ExpressionId value) const;
  /// A value of four octets.
  std::optional<std::uint32_t> NumberOf(ExpressionId value) const;
  /// All addresses of a value that is nothing else.
  std::vector<base::Ipv4Address> AddressesOf(ExpressionId value) const;
  /// Whether a scope is this one or lies in it.
  bool IsInside(Index scope, Index ancestor) const;

  const Peer* FindPeer(std::string_view name) const;
  const Class* FindClass(std::string_view name) const;
  /// In any case, as dhcpd finds keys.
  const Key* FindKey(std::string_view name) const;
  /// The smallest subnet that holds an address, or nullptr. Takes no longer for many subnets.
  const Subnet* FindSubnet(base::Ipv4Address address) const;

  /// Keeps a text that stands in no file.
  std::string_view Keep(std::string_view text);
  /// Keeps some addresses of a host.
  std::span<const AddressOrName> Keep(std::span<const AddressOrName> addresses);
  /// Called once when all has been read, for what is looked up later.
  void Finish();

 private:
  SubnetIndex subnet_index_;
  // Each of a capacity that is never exceeded, so nothing in them moves.
  std::deque<std::string> texts_;
  std::deque<std::vector<AddressOrName>> addresses_;
};

}  // namespace dhcpair::conf
