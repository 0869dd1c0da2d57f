// Every step of a push × everything that can go wrong at it: whatever happens, after the watchdogs'
// time and one further command both nodes are on one generation, dhcpd serves on both, no lease is
// lost or doubled, and nothing of the push lies about. The nodes are two folders, with real shells,
// real files and real watchdogs, and time that the test makes pass. By itself one fault of each
// kind is tried at each step, on one node or the other; DHCPAIR_CRASH_MATRIX=all tries every one.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <thread>

#include "support/folder.h"
#include "support/push_world.h"

namespace dhcpair::sync {
namespace {

using pair::Role;
using test::FakeNode;
using test::PushWorld;

enum class Harm : std::uint8_t {
  kGoneBefore,    // no link works any more just before the step reaches the node, whether both are
                  // cut, dhcpair was killed or its machine is gone: the nodes cannot tell
  kGoneAfter,     // … just after it took effect
  kCutBefore,     // the link to this node breaks for good before the step
  kCutAfter,      // … after it took effect, and before the answer
  kOtherCut,      // the link to the other node breaks
  kCommandFails,  // a command on the node fails
  kDiskFull,
  kDhcpdRefuses,  // the node's dhcpd takes no file, old or new
  kRebooted,
};

constexpr std::string_view kHarms[] = {"all gone before", "all gone after", "link cut before",
                                       "link cut after",  "other link cut", "command fails",
                                       "disk full",       "dhcpd refuses",  "rebooted"};

struct Place {
  Step step;
  const char* call;  // How the step's script ends.
  Role role;
};

constexpr Place kPlaces[] = {
    {Step::kInspect, "step_inspect", Role::kPrimary},
    {Step::kInspect, "step_inspect", Role::kSecondary},
    {Step::kLock, "step_lock", Role::kPrimary},
    {Step::kLock, "step_lock", Role::kSecondary},
    {Step::kStage, "step_stage", Role::kPrimary},
    {Step::kStage, "step_stage", Role::kSecondary},
    {Step::kCheck, "step_check", Role::kPrimary},
    {Step::kCheck, "step_check", Role::kSecondary},
    {Step::kArm, "step_arm", Role::kPrimary},
    {Step::kArm, "step_arm", Role::kSecondary},
    {Step::kCommit, "step_commit", Role::kPrimary},
    {Step::kCommit, "step_commit", Role::kSecondary},
    {Step::kRestartSecondary, "step_restart", Role::kSecondary},
    {Step::kProveSecondary, "step_beat", Role::kPrimary},
    {Step::kProveSecondary, "step_beat", Role::kSecondary},
    {Step::kRestartPrimary, "step_restart", Role::kPrimary},
    {Step::kProvePrimary, "step_beat", Role::kPrimary},
    {Step::kProvePrimary, "step_beat", Role::kSecondary},
    {Step::kReady, "step_ready", Role::kPrimary},
    {Step::kReady, "step_ready", Role::kSecondary},
    {Step::kConfirmPrimary, "step_confirm", Role::kPrimary},
    {Step::kConfirmSecondary, "step_confirm", Role::kSecondary},
    {Step::kFinish, "step_finish", Role::kPrimary},
    {Step::kFinish, "step_finish", Role::kSecondary},
};

struct Cell {
  const Place* place;
  Harm harm;
};

// A connection that something happens to at one call.
class HarmedTransport : public remote::Transport {
 public:
  explicit HarmedTransport(remote::Transport& inner) : inner_(inner) {}

  std::expected<remote::Answer, remote::Error> Run(const remote::Request& request) override {
    const bool is_hit = is_armed && request.script.find(call) != std::string::npos;
    if (is_hit) {
      is_armed = false;
      has_happened = true;
      before();
    }
    if (is_cut) return Lost();
    auto answer = inner_.Run(request);
    if (is_hit) after();
    if (is_cut) return Lost();
    return answer;
  }
  std::expected<std::unique_ptr<remote::Tunnel>, remote::Error> OpenTunnel(
      std::uint16_t port) override {
    return inner_.OpenTunnel(port);
  }

  std::atomic<bool> is_armed = false;
  std::atomic<bool> is_cut = false;
  std::atomic<bool> has_happened = false;
  std::string call;
  std::function<void()> before = [] {};
  std::function<void()> after = [] {};

 private:
  static std::unexpected<remote::Error> Lost() {
    return std::unexpected(remote::Error{remote::Failure::kLost, "the connection was lost"});
  }

  remote::Transport& inner_;
};

constexpr char kLeases[] =
    "lease 10.0.0.50 {\n  starts 3 2026/11/25 01:00:00;\n  binding state active;\n}\n"
    "lease 10.0.0.60 {\n  starts 3 2026/11/25 01:00:00;\n  binding state active;\n}\n";

class CellRun {
 public:
  explicit CellRun(const Cell& cell) : cell_(cell) {
    for (const Role role : kBothRoles) {
      world_.node(role).Put("var/dhcpd.leases",
                            kLeases + world_.node(role).Read("var/dhcpd.leases"));
    }
  }

  // A row of the table; `failure` is empty where all is well.
  struct Row {
    std::string text;
    std::string failure;
  };

  Row Run() {
    const PushResult result = PushWithHarm();
    WatchdogsAct();
    for (const Role role : kBothRoles) world_.node(role).Heal();
    const Settled settled = world_.Settle();
    const std::string where =
        fmt::format("{} on {}, {}", Name(cell_.place->step), pair::Name(cell_.place->role),
                    kHarms[static_cast<std::size_t>(cell_.harm)]);
    Row row{fmt::format("{:<44} push: {:<12} next command: {:<28} {}", where, Name(result.outcome),
                        FateOf(settled), IsNew(Role::kPrimary) ? "new files" : "old files"),
            Judge(result, settled)};
    if (!row.failure.empty()) row.failure = where + ": " + row.failure + world_.talk.said;
    return row;
  }

 private:
  PushResult PushWithHarm() {
    const auto primary_inner = world_.node(Role::kPrimary).Connect();
    const auto secondary_inner = world_.node(Role::kSecondary).Connect();
    HarmedTransport primary(*primary_inner);
    HarmedTransport secondary(*secondary_inner);
    const PerRole<HarmedTransport*> links{&primary, &secondary};
    HarmedTransport& harmed = *links[cell_.place->role];
    PrepareHarm(harmed, *links[Other(cell_.place->role)]);
    NodeAgent primary_agent(primary, world_.pair(), Role::kPrimary);
    NodeAgent secondary_agent(secondary, world_.pair(), Role::kSecondary);
    const PairNodes nodes{
        world_.pair(), {&primary_agent, &secondary_agent}, {&primary, &secondary}};
    BothNodes both(nodes, world_.time);
    world_.talk.on_step = [&](Step step) {
      if (step == cell_.place->step && !harmed.has_happened) harmed.is_armed = true;
    };
    const PushResult result =
        PushPair(both, world_.Files(new_master_), world_.Options(), world_.talk);
    has_happened_ = harmed.has_happened;
    return result;
  }

  void PrepareHarm(HarmedTransport& link, HarmedTransport& other) {
    FakeNode& node = world_.node(cell_.place->role);
    link.call = fmt::format("run_step {}", cell_.place->call);
    switch (cell_.harm) {
      case Harm::kGoneBefore:
        link.before = [&] { link.is_cut = other.is_cut = true; };
        return;
      case Harm::kGoneAfter:
        link.after = [&] { link.is_cut = other.is_cut = true; };
        return;
      case Harm::kCutBefore:
        link.before = [&] { link.is_cut = true; };
        return;
      case Harm::kCutAfter:
        link.after = [&] { link.is_cut = true; };
        return;
      case Harm::kOtherCut:
        link.before = [&] { other.is_cut = true; };
        return;
      case Harm::kCommandFails:
        link.before = [&] { node.FailCommand("mv", "Input/output error", 0, "dhcpair"); };
        link.after = [&] { node.Heal(); };
        return;
      case Harm::kDiskFull:
        link.before = [&] { node.FillDisk(); };
        return;
      case Harm::kDhcpdRefuses:
        link.before = [&] { node.FailService("check"); };
        link.after = [&] { node.Heal(); };
        return;
      case Harm::kRebooted:
        link.before = [&] {
          node.Reboot(FakeNode::Start::kYes);
          link.is_cut = true;
        };
        return;
    }
  }

  std::optional<NodeFacts> Inspect(Role role) {
    const auto transport = world_.node(role).Connect();
    const auto facts = NodeAgent(*transport, world_.pair(), role).Inspect({});
    return facts ? std::optional(*facts) : std::nullopt;
  }

  bool IsWatched() {
    return std::ranges::any_of(kBothRoles, [&](Role role) {
      const auto facts = Inspect(role);
      return facts && facts->push && facts->push->is_watched;
    });
  }

  // Time passes until nobody is left who would act. That of the primary acts a minute after that of
  // the secondary.
  void WatchdogsAct() {
    // Eight minutes are more than any of them takes; how fast its processes get on is another
    // thing.
    for (int minutes = 0; IsWatched() && minutes < 200; ++minutes) {
      if (minutes < 8) world_.time.Sleep(std::chrono::seconds(61));
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    still_watched_ = IsWatched();
    // A lock is stale when nobody was heard for a minute.
    world_.time.Sleep(std::chrono::seconds(61));
  }

  static std::string FateOf(const Settled& settled) {
    switch (settled.decision.fate) {
      case SettleFate::kNone:
        return settled.has_acted ? "clears up a lock" : "nothing to do";
      case SettleFate::kForward:
        return "takes both forward";
      case SettleFate::kBack:
        return "takes both back";
      default:
        return "does not dare";
    }
  }

  bool IsNew(Role role) { return world_.node(role).Read("etc/dhcpd.master") == new_master_; }

  static int CountOf(const std::string& text, const std::string& part) {
    int count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
      ++count;
    }
    return count;
  }

  std::string Judge(const PushResult& result, const Settled& settled) {
    std::string failure;
    if (!has_happened_) failure += "the harm was not done; ";
    if (still_watched_) failure += "a watchdog did not act in its time; ";
    for (const StepError& error : settled.errors) failure += error.Text() + "; ";
    if (!settled.is_clear()) failure += Describe(settled.decision) + "; ";
    if (IsNew(Role::kPrimary) != IsNew(Role::kSecondary)) failure += "two generations; ";
    if (result.outcome == PushOutcome::kPushed && !IsNew(Role::kPrimary)) failure += "lost push; ";
    const bool is_undone =
        result.outcome == PushOutcome::kRolledBack || result.outcome == PushOutcome::kRefused;
    if (is_undone && IsNew(Role::kPrimary)) failure += "said undone and is not; ";
    for (const Role role : kBothRoles) {
      const FakeNode& node = world_.node(role);
      const std::string master = node.Read("etc/dhcpd.master");
      if (master != new_master_ && master != old_master_) failure += "neither old nor new; ";
      if (!node.is_running()) failure += fmt::format("the {} does not serve; ", Name(role));
      for (const std::string& stray : node.Strays()) failure += "left behind: " + stray + "; ";
      const std::string leases = node.Read("var/dhcpd.leases");
      if (CountOf(leases, "lease 10.0.0.60 {") != 1) failure += "a lease that nobody touched; ";
      // The new files make dhcpd forget this one; on the old ones it is there, and once.
      const int forgotten = CountOf(leases, "lease 10.0.0.50 {");
      if (IsNew(role) ? forgotten > 1 : forgotten != 1) {
        failure +=
            fmt::format("{} times the lease that was in danger on the {}; ", forgotten, Name(role));
      }
    }
    return failure;
  }

  const Cell& cell_;
  PushWorld world_;
  const std::string old_master_ = PushWorld::Master(test::kOldRange);
  const std::string new_master_ = PushWorld::Master(test::kNewRange, "# forgets 10.0.0.50\n");
  bool has_happened_ = false;
  bool still_watched_ = false;
};

std::vector<Cell> Cells() {
  const char* const which = std::getenv("DHCPAIR_CRASH_MATRIX");
  const bool are_all = which != nullptr && std::string_view(which) == "all";
  std::vector<Cell> cells;
  std::size_t turn = 0;
  for (const Place& place : kPlaces) {
    for (std::size_t harm = 0; harm < std::size(kHarms); ++harm) {
      // Steps and kinds of harm meet in turn, so that a few runs see all of both.
      if (are_all || harm == turn % std::size(kHarms)) {
        cells.push_back({&place, static_cast<Harm>(harm)});
      }
    }
    turn += 4;
  }
  return cells;
}

// A worker's rows, each a line for the table and its failure.
constexpr char kFieldEnd = '\x1f';
constexpr char kRowEnd = '\x1e';

std::string RunCells(const std::vector<Cell>& cells, std::size_t first, std::size_t step) {
  std::string rows;
  for (std::size_t at = first; at < cells.size(); at += step) {
    const CellRun::Row row = CellRun(cells[at]).Run();
    rows += row.text + kFieldEnd + row.failure + kRowEnd;
  }
  return rows;
}

TEST(CrashMatrix, EndsWithOneGenerationThatServes) {
  const std::vector<Cell> cells = Cells();
  // They wait for processes most of the time. Threads would not do: what one of them forks while
  // another writes a node's commands keeps these open for writing, and then they cannot be run.
  const std::size_t count = 2 * std::max(1U, std::thread::hardware_concurrency());
  const test::Folder folder;
  std::vector<pid_t> workers;
  for (std::size_t i = 0; i < count; ++i) {
    const pid_t worker = fork();
    ASSERT_GE(worker, 0);
    if (worker == 0) {
      folder.Put(std::to_string(i), RunCells(cells, i, count));
      _exit(0);
    }
    workers.push_back(worker);
  }
  std::size_t rows = 0;
  for (std::size_t i = 0; i < count; ++i) {
    int status = 0;
    ASSERT_EQ(waitpid(workers[i], &status, 0), workers[i]);
    ASSERT_EQ(status, 0) << "worker " << i;
    std::istringstream said(folder.Read(std::to_string(i)));
    for (std::string row; std::getline(said, row, kRowEnd); ++rows) {
      const std::size_t end = row.find(kFieldEnd);
      const std::string failure = row.substr(end + 1);
      std::printf("%s%s\n", row.substr(0, end).c_str(), failure.empty() ? "" : "  WRONG");
      EXPECT_EQ(failure, "");
    }
  }
  EXPECT_EQ(rows, cells.size());
}

}  // namespace
}  // namespace dhcpair::sync
