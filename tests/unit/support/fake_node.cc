#include "support/fake_node.h"

#include <fmt/format.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <sstream>
#include <thread>

#include "host/subprocess.h"
#include "remote/shell.h"
#include "support/pairs.h"

namespace dhcpair::test {
namespace {

namespace fs = std::filesystem;

constexpr char kDate[] = R"sh(
read -r offset < "$node/clock"
now=$(($(/bin/date +%s) + offset))
exec /bin/date -d "@$now" "$@"
)sh";

constexpr char kSleep[] = R"sh(
case $1 in
  0.* | 0 | 1) exec /bin/sleep 0.01 ;;
esac
read -r before < "$node/clock"
left=$(($1 * 20))
while [ "$left" -gt 0 ]; do
  now=gone
  { read -r now < "$node/clock"; } 2>/dev/null
  [ "$now" = "$before" ] || exit 0
  left=$((left - 1))
  /bin/sleep 0.05
done
)sh";

constexpr char kDhcpd[] = R"sh(
case $1 in
  --version) echo isc-dhcpd-4.4.3-P1 >&2; exit 0 ;;
  --daemon)
    trap 'rm -f "$2"; exit 0' TERM
    echo $$ > "$2"
    echo $$ >> "$node/pids"
    left=600
    while [ "$left" -gt 0 ] && [ -d "$node" ]; do /bin/sleep 0.1; left=$((left - 1)); done
    exit 0 ;;
esac
testing='' conf='' pid=''
while [ $# -gt 0 ]; do
  case $1 in
    -t) testing=1 ;;
    -cf) conf=$2; shift ;;
    -pf) pid=$2; shift ;;
  esac
  shift
done
check() {
  [ -f "$1" ] || { echo "Can't open $1: No such file or directory" >&2; exit 1; }
  if /bin/grep -q SYNTAX-ERROR "$1"; then
    echo "$1 line 1: semicolon expected." >&2
    exit 1
  fi
  for included in $(/bin/sed -n 's/^include "\(.*\)";.*/\1/p' "$1"); do check "$included"; done
}
[ ! -e "$node/faults/service-check" ] || { echo "Internal error." >&2; exit 1; }
check "$conf"
[ -n "$testing" ] && exit 0
[ -f "$node/var/dhcpd.leases" ] || { echo "Can't open leases" >&2; exit 1; }
echo start >> "$node/events"
"$0" --daemon "$pid" < /dev/null > /dev/null 2>&1 &
)sh";

// peer FOLDER: the failover peer's name that dhcpd there was started with.
constexpr char kService[] = R"sh(
peer() { /bin/sed -n 's/^failover peer "\(.*\)".*/\1/p' "$1/running" 2>/dev/null; }
note_state() {
  at=$("$1/bin/date" -u '+%w %Y/%m/%d %H:%M:%S')
  printf 'failover peer "%s" state {\n  my state %s at %s;\n  partner state %s at %s;\n}\n' \
    "$2" "$3" "$at" "$4" "$at" >> "$1/var/dhcpd.leases"
}
forget() {
  for address in $(/bin/cat "$node/etc/dhcpd.conf" "$node/etc/dhcpd.master" 2>/dev/null |
    /bin/sed -n 's/^# forgets //p'); do
    /bin/sed "/^lease $address {/,/^}/d" "$node/var/dhcpd.leases" > "$node/var/leases.next"
    /bin/mv "$node/var/leases.next" "$node/var/dhcpd.leases"
  done
}
[ ! -e "$node/faults/service-$1" ] || { echo "the service does not $1"; exit 1; }
partner=$(/bin/cat "$node/partner")
case $1 in
  start)
    [ ! -e "$node/running" ] || exit 0
    "$node/bin/dhcpd" -t -cf "$node/etc/dhcpd.conf" || exit 1
    [ -f "$node/var/dhcpd.leases" ] || { echo "no leases file"; exit 1; }
    forget
    /bin/cat "$node/etc/dhcpd.conf" > "$node/running"
    echo start >> "$node/events"
    own=$(peer "$node")
    if [ -n "$own" ] && [ "$(peer "$partner")" = "$own" ]; then
      note_state "$node" "$own" normal normal
      note_state "$partner" "$own" normal normal
    fi ;;
  stop)
    [ -e "$node/running" ] || exit 0
    own=$(peer "$node")
    /bin/rm "$node/running"
    echo stop >> "$node/events"
    if [ -n "$own" ] && [ "$(peer "$partner")" = "$own" ]; then
      note_state "$partner" "$own" communications-interrupted normal
    fi ;;
  status) [ -e "$node/running" ] || exit 3 ;;
  connected)
    own=$(peer "$node")
    [ -n "$own" ] && [ "$(peer "$partner")" = "$own" ] ;;
esac
)sh";

// A command that can be told to fail: "AFTER PATTERN MESSAGE" in faults/NAME.
constexpr char kFailing[] = R"sh(
fault=$node/faults/$name
if [ -e "$fault" ]; then
  read -r after pattern message < "$fault"
  case "$*" in
    *"${pattern#=}"*)
      if [ "$after" -gt 0 ]; then
        echo "$((after - 1)) $pattern $message" > "$fault"
      elif [ "$message" = CRASH ]; then
        rm "$fault"
        for pid in $(/bin/cat "$node/pids"); do
          /bin/grep -q "$node/bin" "/proc/$pid/environ" 2>/dev/null && kill -9 "$pid" 2>/dev/null
        done
        exit 1
      else
        echo "$name: $message" >&2
        exit 1
      fi ;;
  esac
fi
exec "/bin/$name" "$@"
)sh";

constexpr const char* kFailable[] = {"cat", "chmod", "cp", "dd", "ln", "mkdir", "mv"};

// Whether a process is one of this node's: its PATH says so. A number alone may be anybody's by
// now.
bool IsOf(pid_t pid, const std::string& node) {
  std::ifstream in(fmt::format("/proc/{}/environ", pid), std::ios::binary);
  const std::string environment{std::istreambuf_iterator<char>(in), {}};
  return environment.find(node + "/bin") != std::string::npos;
}

class FakeTransport : public remote::Transport {
 public:
  explicit FakeTransport(std::string node) : node_(std::move(node)) {}

  std::expected<remote::Answer, remote::Error> Run(const remote::Request& request) override {
    const remote::ShellCall call = remote::PrepareCall(request, pair::Become::kNone);
    std::string command = call.command;
    const std::string shell = "/bin/sh";
    command.replace(command.find(shell), shell.size(), node_ + "/bin/sh");
    const auto outcome = host::Run(
        {.argv = {"/usr/bin/env", "PATH=" + node_ + "/bin:/usr/bin:/bin", "/bin/sh", "-c", command},
         .input = call.standard_input,
         .timeout = request.timeout,
         .output_bytes_max = request.output_bytes_max});
    if (!outcome) {
      return std::unexpected(remote::Error{remote::Failure::kTimeout, Describe(outcome.error())});
    }
    return remote::Answer{outcome->exit_status, outcome->out, outcome->err};
  }

  std::expected<std::unique_ptr<remote::Tunnel>, remote::Error> OpenTunnel(std::uint16_t) override {
    return std::unexpected(
        remote::Error{remote::Failure::kForwardingRefused, "a fake node has no ports"});
  }

 private:
  std::string node_;
};

std::string NodeYaml(const FakeNode& node, const std::string& address) {
  return fmt::format(
      "{{address: {}, paths: {{conf: {}, master: {}, leases: {}, pid: {}, dhcpd: {}, state: {}}},\n"
      "  service: {{start: {} start, stop: {} stop, status: {} status}}}}\n",
      address, node.Path("etc/dhcpd.conf"), node.Path("etc/dhcpd.master"),
      node.Path("var/dhcpd.leases"), node.Path("var/dhcpd.pid"), node.Path("bin/dhcpd"),
      node.Path("var/dhcpair"), node.Path("bin/service"), node.Path("bin/service"),
      node.Path("bin/service"));
}

}  // namespace

FakeNode::FakeNode(pair::Role role, const std::string& shell)
    : address_(role == pair::Role::kPrimary ? "10.0.0.1" : "10.0.0.2"),
      partner_address_(role == pair::Role::kPrimary ? "10.0.0.2" : "10.0.0.1") {
  for (const char* const name : {"bin", "etc", "var", "faults"}) fs::create_directory(Path(name));
  Put("clock", "0\n");
  Put("etc/dhcpd.conf", fmt::format("# old\ninclude \"{}\";\n", Path("etc/dhcpd.master")));
  Put("etc/dhcpd.master", "# old\n");
  Put("var/dhcpd.leases", "");
  PutCommand("sh", fmt::format("echo $$ >> \"$node/pids\"\nexec {} \"$@\"\n", shell));
  PutCommand("date", kDate);
  PutCommand("sleep", kSleep);
  PutCommand("dhcpd", kDhcpd);
  PutCommand("service", kService);
  PutCommand("logger", "shift 4\necho \"$*\" >> \"$node/log\"\n");
  PutCommand("sync", "exit 0\n");
  // Of the machine that the tests run on, nothing is to be a unit.
  PutCommand("systemd-run", "exit 1\n");
  PutCommand("ss", fmt::format("\"$node/bin/service\" connected || exit 0\n"
                               "echo 'ESTAB 0 0 {}:647 {}:51000'\n",
                               address_, partner_address_));
  PutCommand("ip", fmt::format("echo '2: eth0    inet {}/24 brd 10.0.0.255 scope global eth0'\n",
                               address_));
  for (const char* const name : kFailable) {
    PutCommand(name, fmt::format("name={}\n", name) + kFailing);
  }
}

FakeNode::~FakeNode() { KillAll(); }

void FakeNode::PutCommand(const std::string& name, const std::string& script) const {
  Put("bin/" + name, fmt::format("#!/bin/sh\nnode='{}'\n{}", path(), script), 0755);
}

bool FakeNode::Has(const std::string& name) const {
  return fs::exists(fs::symlink_status(Path(name)));
}

void FakeNode::MeetPartner(const FakeNode& partner) const { Put("partner", partner.path() + "\n"); }

std::unique_ptr<remote::Transport> FakeNode::Connect() const {
  return std::make_unique<FakeTransport>(path());
}

std::string FakeNode::Run(const std::string& script) const {
  const auto answer = Connect()->Run({.script = script});
  return answer ? answer->out + answer->err : answer.error().message;
}

void FakeNode::AdvanceClock(int seconds) const {
  Put("clock.next", fmt::format("{}\n", std::stoi(Read("clock")) + seconds));
  fs::rename(Path("clock.next"), Path("clock"));
}

void FakeNode::FailCommand(const std::string& command, const std::string& message, int after,
                           const std::string& pattern) const {
  Put("faults/" + command, fmt::format("{} ={} {}\n", after, pattern, message));
}

void FakeNode::FillDisk() const {
  FailCommand("cp", "No space left on device");
  FailCommand("mkdir", "No space left on device");
  FailCommand("dd", "No space left on device", 0, "if=");
}

void FakeNode::FailService(const std::string& what) const { Put("faults/service-" + what, ""); }

void FakeNode::Heal() const {
  fs::remove_all(Path("faults"));
  fs::create_directory(Path("faults"));
}

void FakeNode::KillAll() const {
  std::istringstream pids(Read("pids"));
  for (pid_t pid = 0; pids >> pid;) {
    if (IsOf(pid, path())) kill(pid, SIGKILL);
  }
}

void FakeNode::Reboot(Start start) const {
  KillAll();
  fs::remove(Path("running"));
  if (start == Start::kYes) Run("service start");
}

std::vector<std::string> FakeNode::Strays() const {
  std::vector<std::string> strays;
  for (const auto& entry : fs::recursive_directory_iterator(path())) {
    const std::string name = entry.path().filename();
    const bool is_staged = name.find(".dhcpair-") != std::string::npos;
    const bool is_state = entry.path().parent_path() == Path("var/dhcpair") &&
                          (name.starts_with("push") || name == "lock" || name == "beat" ||
                           name.starts_with("mutex") || name.ends_with(".new"));
    if (is_staged || is_state) strays.push_back(entry.path());
  }
  return strays;
}

bool FakeNode::Await(const std::function<bool()>& holds) {
  for (int tries = 0; tries < 1000; ++tries) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

FakePair::FakePair(const std::string& shell, const std::string& more_yaml)
    : primary_(pair::Role::kPrimary, shell),
      secondary_(pair::Role::kSecondary, shell),
      pair_(LoadPair("pair: p\nprimary: " + NodeYaml(primary_, "10.0.0.1") +
                     "secondary: " + NodeYaml(secondary_, "10.0.0.2") + more_yaml)) {
  primary_.MeetPartner(secondary_);
  secondary_.MeetPartner(primary_);
}

}  // namespace dhcpair::test
