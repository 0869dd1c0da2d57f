#include "support/push_world.h"

#include <fmt/format.h>

namespace dhcpair::test {

using pair::Role;

PushWorld::PushWorld(const std::string& more_yaml) : fake("dash", more_yaml) {
  for (const Role role : {Role::kSecondary, Role::kPrimary}) {
    node(role).Put("etc/dhcpd.conf", ConfOf(role, "p"));
    node(role).Put("etc/dhcpd.master", Master(kOldRange));
    node(role).Run("service start");
  }
}

std::string PushWorld::ConfOf(Role role, const std::string& peer) {
  const bool is_primary = role == Role::kPrimary;
  return fmt::format(
      "failover peer \"{}\" {{\n  {};\n  address 10.0.0.{};\n  peer address 10.0.0.{};\n"
      "  max-response-delay 1;\n{}}}\ninclude \"{}\";\n",
      peer, Name(role), is_primary ? 1 : 2, is_primary ? 2 : 1,
      is_primary ? "  mclt 1800;\n  split 128;\n" : "", node(role).Path("etc/dhcpd.master"));
}

std::string PushWorld::Master(const std::string& range, const std::string& more) {
  return fmt::format(
      "subnet 10.0.0.0 netmask 255.255.255.0 {{\n  pool {{ failover peer \"p\"; range {}; }}\n}}\n"
      "{}",
      range, more);
}

sync::PerRole<std::vector<sync::ManagedFile>> PushWorld::Files(const std::string& master,
                                                               const std::string& peer) {
  sync::PerRole<std::vector<sync::ManagedFile>> files;
  const auto managed = [](sync::ManagedKind kind, std::string path, std::string name,
                          std::string contents) {
    std::string sha256 = base::Sha256Hex(contents);
    return sync::ManagedFile{
        .kind = kind,
        .path = std::move(path),
        .from = std::make_shared<const text::SourceFile>(std::move(name), std::move(contents)),
        .sha256 = std::move(sha256)};
  };
  for (const Role role : sync::kBothRoles) {
    files[role].push_back(managed(sync::ManagedKind::kConf, node(role).Path("etc/dhcpd.conf"),
                                  fmt::format("{}/dhcpd.conf", Name(role)), ConfOf(role, peer)));
    files[role].push_back(managed(sync::ManagedKind::kMaster, node(role).Path("etc/dhcpd.master"),
                                  "dhcpd.master", master));
  }
  return files;
}

void PushWorld::Change(sync::ManagedFile& file, std::string contents) {
  file.sha256 = base::Sha256Hex(contents);
  file.from = std::make_shared<const text::SourceFile>(file.from->name(), std::move(contents));
}

void PushWorld::ChangePorts(sync::PerRole<std::vector<sync::ManagedFile>>& files) {
  for (const Role role : sync::kBothRoles) {
    sync::ManagedFile& conf = files[role].front();
    std::string text = conf.contents();
    text.insert(text.find("  address"), "  port 520;\n  peer port 520;\n");
    Change(conf, std::move(text));
  }
}

void PushWorld::Part() {
  for (const Role role : sync::kBothRoles) node(role).Put("partner", "/nowhere\n");
}

void PushWorld::Meet() {
  for (const Role role : sync::kBothRoles) node(role).MeetPartner(node(sync::Other(role)));
}

sync::PushOptions PushWorld::Options() {
  return {.id = fmt::format("push-{}", ++pushes_), .owner = "ada@admin"};
}

sync::PushResult PushWorld::Push(Command& command, const std::string& master) {
  return PushPair(command.both, Files(master), Options(), talk);
}

sync::PushResult PushWorld::Push(const std::string& master) {
  Command command(*this);
  return Push(command, master);
}

sync::Settled PushWorld::Settle(sync::SettleWish wish) {
  Command command(*this);
  sync::PerRole<std::optional<sync::NodeFacts>> facts;
  for (const Role role : sync::kBothRoles) {
    auto found = command.nodes.agents[role]->Inspect({});
    if (found) facts[role] = *std::move(found);
  }
  return SettleUnfinished(command.both, facts, wish, talk);
}

}  // namespace dhcpair::test
