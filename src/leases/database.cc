#include "leases/database.h"

#include <algorithm>
#include <numeric>

#include "leases/limits.h"

namespace dhcpair::leases {
namespace {

using failover::BindingState;

constexpr std::size_t kFirstSlots = 64;
// Dead texts are worth a walk through all leases from here on.
constexpr std::size_t kDeadBytesMin = 1 << 20;

std::uint8_t NumberOf(std::optional<BindingState> state) {
  return state ? static_cast<std::uint8_t>(*state) : 0;
}

// Neighbours stay neighbours, for files have their leases nearly in order and memory is slow.
std::uint32_t Hash(base::Ipv4Address address) {
  constexpr int kNeighbours = 6;  // Bits.
  std::uint32_t hash = address.value() >> kNeighbours;
  hash = (hash ^ (hash >> 16)) * 0x7feb352dU;
  hash = (hash ^ (hash >> 15)) * 0x846ca68bU;
  return (hash ^ (hash >> 16)) << kNeighbours | (address.value() & ((1U << kNeighbours) - 1));
}

bool IsSameClient(const Lease& a, const Lease& b) {
  // Either of the two may lack its uid where the partner told of the lease.
  return a.hardware == b.hardware && (a.uid == b.uid || a.uid.empty() || b.uid.empty());
}

Date BoundSince(const Lease& lease, const Lease* before, Date known) {
  if (lease.state != BindingState::kActive) return 0;
  const bool falls_back = lease.rewind && lease.rewind != BindingState::kActive;
  const bool goes_on =
      before != nullptr && before->state == BindingState::kActive && IsSameClient(*before, lease);
  if (goes_on) return known;
  return before != nullptr || falls_back ? lease.starts : 0;
}

}  // namespace

Database::Row Database::RowOf(const Lease& lease) {
  return {.starts = lease.starts,
          .ends = lease.ends,
          .tstp = lease.tstp,
          .tsfp = lease.tsfp,
          .atsfp = lease.atsfp,
          .cltt = lease.cltt,
          .bound_since = 0,
          .address = lease.address,
          .hardware = lease.hardware,
          .state = NumberOf(lease.state),
          .next = NumberOf(lease.next),
          .rewind = NumberOf(lease.rewind),
          .is_reserved = lease.is_reserved,
          .is_dynamic_bootp = lease.is_dynamic_bootp,
          .uid_size = static_cast<std::uint16_t>(lease.uid.size()),
          .hostname_size = static_cast<std::uint16_t>(lease.hostname.size()),
          .rest_size = static_cast<std::uint32_t>(lease.rest.size()),
          .texts = 0};
}

bool Database::Put(const Lease& lease) {
  constexpr std::size_t kShortMax = 0xffff;
  if (lease.uid.size() > kShortMax || lease.hostname.size() > kShortMax) return false;
  if (lease.rest.size() > kRestBytesMax) return false;
  if (rows_.size() * 2 >= slots_.size()) Grow();
  Row row = RowOf(lease);
  Slot& slot = slots_[SlotOf(lease.address)];
  if (slot.place == 0) {
    if (rows_.size() == kLeasesMax || !PlaceTexts(lease, row, nullptr)) return false;
    row.bound_since = leases::BoundSince(lease, nullptr, 0);
    rows_.push_back(row);
    slot = {lease.address, static_cast<Index>(rows_.size())};
    return true;
  }
  const Index index = slot.place - 1;
  const Lease before = At(index);
  row.bound_since = leases::BoundSince(lease, &before, rows_[index].bound_since);
  if (!PlaceTexts(lease, row, &rows_[index])) return false;
  rows_[index] = row;
  if (dead_bytes_ > kDeadBytesMin && dead_bytes_ * 2 > texts_.size()) DropDeadTexts();
  return true;
}

// In the place of the texts before, where they fit: most renewals say the same again.
bool Database::PlaceTexts(const Lease& lease, Row& row, const Row* before) {
  const std::size_t size = row.texts_size();
  const std::size_t old_size = before != nullptr ? before->texts_size() : 0;
  if (size <= old_size) {
    row.texts = before != nullptr ? before->texts : 0;
    dead_bytes_ += old_size - size;
  } else {
    if (texts_.size() + size > kTextBytesMax) return false;
    dead_bytes_ += old_size;
    row.texts = static_cast<std::uint32_t>(texts_.size());
    texts_.resize(texts_.size() + size);
  }
  auto at = texts_.begin() + row.texts;
  at = std::ranges::copy(lease.uid, at).out;
  at = std::ranges::copy(lease.hostname, at).out;
  std::ranges::copy(lease.rest, at);
  return true;
}

void Database::DropDeadTexts() {
  std::string live;
  live.reserve(texts_.size() - dead_bytes_);
  for (Row& row : rows_) {
    const std::size_t begin = live.size();
    live.append(texts_, row.texts, row.texts_size());
    row.texts = static_cast<std::uint32_t>(begin);
  }
  texts_ = std::move(live);
  dead_bytes_ = 0;
}

Lease Database::At(Index index) const {
  const Row& row = rows_[index];
  const auto state = [](std::uint8_t number) { return failover::BindingStateNumbered(number); };
  const std::string_view texts = std::string_view(texts_).substr(row.texts, row.texts_size());
  return {.address = row.address,
          .state = state(row.state),
          .next = state(row.next),
          .rewind = state(row.rewind),
          .is_reserved = row.is_reserved,
          .is_dynamic_bootp = row.is_dynamic_bootp,
          .starts = row.starts,
          .ends = row.ends,
          .tstp = row.tstp,
          .tsfp = row.tsfp,
          .atsfp = row.atsfp,
          .cltt = row.cltt,
          .hardware = row.hardware,
          .uid = texts.substr(0, row.uid_size),
          .hostname = texts.substr(row.uid_size, row.hostname_size),
          .rest = texts.substr(row.uid_size + row.hostname_size)};
}

// The slot of the address, or the free one where it belongs.
std::size_t Database::SlotOf(base::Ipv4Address address) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = Hash(address) & mask;
  while (slots_[slot].place != 0 && slots_[slot].address != address) slot = (slot + 1) & mask;
  return slot;
}

void Database::Grow() {
  slots_.assign(std::max(slots_.size() * 2, kFirstSlots), Slot{});
  for (Index index = 0; index < rows_.size(); ++index) {
    const base::Ipv4Address address = rows_[index].address;
    slots_[SlotOf(address)] = {address, index + 1};
  }
}

std::optional<Database::Index> Database::Find(base::Ipv4Address address) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[SlotOf(address)];
  if (slot.place == 0) return std::nullopt;
  return slot.place - 1;
}

std::vector<Database::Index> Database::InOrder() const {
  std::vector<Index> order(rows_.size());
  std::iota(order.begin(), order.end(), Index{0});
  std::ranges::sort(order, {}, [&](Index index) { return rows_[index].address; });
  return order;
}

bool Database::Put(const FailoverBlock& block) {
  const auto known = std::ranges::find(failover_, block.peer, &FailoverBlock::peer);
  if (known != failover_.end()) {
    *known = block;
    return true;
  }
  if (failover_.size() == kPeersMax) return false;
  failover_.push_back(block);
  return true;
}

bool Database::Put(Declaration declaration) {
  const auto known = declaration_by_head_.find(declaration.head);
  const bool is_new = known == declaration_by_head_.end();
  const std::size_t size = declaration.head.size() + declaration.block.size();
  const std::size_t old_size =
      is_new ? 0 : declaration.head.size() + declarations_[known->second].block.size();
  if (declaration_bytes_ - old_size + size > kAllDeclarationsBytesMax) return false;
  if (is_new && declarations_.size() == kDeclarationsMax) return false;
  declaration_bytes_ += size - old_size;
  if (is_new) {
    declaration_by_head_.emplace(declaration.head, declarations_.size());
    declarations_.push_back(std::move(declaration));
  } else {
    declarations_[known->second] = std::move(declaration);
  }
  return true;
}

bool operator==(const Database& a, const Database& b) {
  if (a.size() != b.size() || a.byte_order != b.byte_order || a.server_duid != b.server_duid ||
      a.failover_ != b.failover_ || a.declarations_ != b.declarations_) {
    return false;
  }
  for (Database::Index index = 0; index < a.size(); ++index) {
    const auto other = b.Find(a.AddressAt(index));
    if (!other || a.At(index) != b.At(*other)) return false;
  }
  return true;
}

}  // namespace dhcpair::leases
