#include "remote/openssh.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/find_program.h"
#include "host/interrupt.h"
#include "host/live_child.h"
#include "host/subprocess.h"
#include "host/temp_dir.h"
#include "remote/destination.h"
#include "remote/openssh_words.h"
#include "remote/shell.h"
#include "remote/strict_config.h"
#include "remote/wait.h"
#include "text/utf8.h"

namespace dhcpair::remote {
namespace {

// A line that comes back when the connection stands, whatever a profile prints before.
constexpr std::string_view kEcho = "dhcpair-connection-stands\n";

// The path of a socket has room for about 100 bytes, of which ssh takes 17 for a temporary name.
constexpr std::size_t kSocketPathMax = 80;

// More than any profile prints before the echo.
constexpr std::size_t kNoiseMax = 1 << 20;

void Append(std::vector<std::string>& to, std::initializer_list<std::string> words) {
  to.insert(to.end(), words);
}

std::vector<std::string> MasterCommand(const std::string& ssh, const std::string& config,
                                       const std::string& socket, const pair::Node& node) {
  const Destination destination = DestinationOf(node);
  std::vector<std::string> argv{ssh, "-F", config, "-M", "-S", socket, "-T", "-a", "-x"};
  for (const char* const option :
       {"ControlPersist=no", "ClearAllForwardings=yes", "PermitLocalCommand=no",
        "RemoteCommand=none", "ForkAfterAuthentication=no", "StdinNull=no",
        "SessionType=default"}) {
    Append(argv, {"-o", option});
  }
  if (!destination.user.empty()) Append(argv, {"-l", destination.user});
  if (destination.port != 0) Append(argv, {"-p", std::to_string(destination.port)});
  if (node.ssh.identity) Append(argv, {"-i", *node.ssh.identity});
  Append(argv, {"--", destination.host, "exec cat"});
  return argv;
}

// All that follows goes over the master's connection. Were that gone, ssh would make one of its
// own: the proxy that is none keeps it from that.
std::vector<std::string> ClientCommand(const std::string& ssh, const std::string& socket) {
  return {ssh,
          "-F",
          "/dev/null",
          "-S",
          socket,
          "-o",
          "ControlMaster=no",
          "-o",
          "ProxyCommand=exit 1",
          "-o",
          "LogLevel=ERROR",
          "-T"};
}

// The connection that the others share.
class Master {
 public:
  Master(std::string ssh, host::TempDir folder)
      : ssh_(std::move(ssh)), folder_(std::move(folder)), socket_(folder_.path() + "/s") {}

  std::expected<void, Error> Connect(const pair::Node& node) {
    const auto config = WriteStrictConfig(folder_, node.ssh);
    if (!config) return std::unexpected(config.error());
    child_ = host::LiveChild::Start(MasterCommand(ssh_, *config, socket_, node));
    if (!child_) {
      return std::unexpected(
          Error{Failure::kBadSettings, fmt::format("'{}' of this machine does not start", ssh_)});
    }
    child_->Say(kEcho);
    const Deadline deadline{std::chrono::seconds(node.ssh.timeout)};
    while (child_->output().find(kEcho) == std::string::npos) {
      if (auto stop = MustStopWaiting(deadline, "ssh made no connection")) {
        return std::unexpected(std::move(*stop));
      }
      if (child_->is_silent()) return std::unexpected(ExplainSsh(child_->complaints(), node));
      if (child_->output().size() > kNoiseMax) {
        return std::unexpected(
            Error{Failure::kTooMuchOutput,
                  "the login prints without end; a profile of this user may not print"});
      }
      child_->Exchange(deadline.wait_ms());
    }
    return {};
  }

  // Asks it, since its end may not have come to us yet.
  bool IsThere() const {
    std::vector<std::string> argv = ClientCommand(ssh_, socket_);
    Append(argv, {"-O", "check", "--", "node"});
    const auto outcome = host::Run({.argv = argv, .timeout = std::chrono::seconds(10)});
    return outcome && outcome->exit_status == 0;
  }

  Error Lost() const {
    if (host::InterruptedBy() != 0) return Interrupted();
    child_->Exchange(0);
    const std::string& complaints = child_->complaints();
    const std::size_t line_end = complaints.find_first_of("\r\n");
    if (complaints.empty()) return {Failure::kLost, "the connection was lost"};
    return {Failure::kLost, fmt::format("the connection was lost ('{}')",
                                        text::Visible(complaints.substr(0, line_end)))};
  }

  const std::string& ssh() const { return ssh_; }
  const std::string& socket() const { return socket_; }

 private:
  std::string ssh_;
  host::TempDir folder_;  // For us only: who may use the socket may use the node.
  std::string socket_;
  std::unique_ptr<host::LiveChild> child_;
};

class OpensshTunnel : public Tunnel {
 public:
  OpensshTunnel(std::shared_ptr<const Master> master, std::unique_ptr<host::LiveChild> child,
                std::chrono::seconds send_timeout)
      : master_(std::move(master)), child_(std::move(child)), send_timeout_(send_timeout) {}

  std::expected<void, Error> Send(std::string_view bytes) override {
    const Deadline deadline(send_timeout_);
    child_->Say(bytes);
    child_->Exchange(0);
    while (!child_->has_said_all()) {
      if (!child_->is_listening()) return std::unexpected(master_->Lost());
      if (auto stop = MustStopWaiting(deadline, "what we sent was not taken")) {
        return std::unexpected(std::move(*stop));
      }
      child_->Exchange(deadline.wait_ms());
    }
    return {};
  }

  std::expected<std::string, Error> Receive(std::chrono::seconds timeout) override {
    const Deadline deadline(timeout);
    while (child_->output().empty() && !child_->is_silent()) {
      if (auto stop = MustStopWaiting(deadline, "nothing came through the tunnel")) {
        return std::unexpected(std::move(*stop));
      }
      child_->Exchange(deadline.wait_ms());
    }
    if (child_->output().empty() && !master_->IsThere()) return std::unexpected(master_->Lost());
    return child_->TakeOutput();
  }

 private:
  std::shared_ptr<const Master> master_;
  std::unique_ptr<host::LiveChild> child_;
  std::chrono::seconds send_timeout_;
};

class OpensshTransport : public Transport {
 public:
  OpensshTransport(std::shared_ptr<const Master> master, const pair::Ssh& settings)
      : master_(std::move(master)), settings_(settings) {}

  std::expected<Answer, Error> Run(const Request& request) override {
    const ShellCall call = PrepareCall(request, settings_.become, SignalTeller::kShell);
    std::vector<std::string> argv = ClientCommand(master_->ssh(), master_->socket());
    Append(argv, {"--", "node", call.command});
    auto outcome = host::Run({.argv = argv,
                              .input = call.standard_input,
                              .timeout = request.timeout,
                              .output_bytes_max = request.output_bytes_max});
    if (!outcome) return std::unexpected(ExplainRun(outcome.error(), request, master_->ssh()));
    // A terminal interrupts ssh as well as us.
    if (host::InterruptedBy() != 0) return std::unexpected(Interrupted());
    // 255 is what ssh says of its own failures, and any script may.
    if (outcome->exit_status == 255 && !master_->IsThere()) return std::unexpected(master_->Lost());
    Answer answer{outcome->exit_status, std::move(outcome->out), std::move(outcome->err)};
    if (auto refusal = BecomeRefusal(answer, settings_.become)) {
      return std::unexpected(std::move(*refusal));
    }
    return answer;
  }

  std::expected<std::unique_ptr<Tunnel>, Error> OpenTunnel(std::uint16_t port) override {
    // Only among its debugging words does ssh say that a tunnel stands.
    constexpr std::string_view kStands = "master session id:";
    std::vector<std::string> argv = ClientCommand(master_->ssh(), master_->socket());
    std::ranges::replace(argv, "LogLevel=ERROR", "LogLevel=DEBUG1");
    Append(argv, {"-W", fmt::format("127.0.0.1:{}", port), "--", "node"});
    auto child = host::LiveChild::Start(argv);
    if (!child) return std::unexpected(master_->Lost());
    const std::chrono::seconds timeout{settings_.timeout};
    const Deadline deadline(timeout);
    while (child->complaints().find(kStands) == std::string::npos) {
      if (child->is_silent()) return std::unexpected(Refused(port));
      if (auto stop = MustStopWaiting(deadline, "ssh opened no tunnel")) {
        return std::unexpected(std::move(*stop));
      }
      child->Exchange(deadline.wait_ms());
    }
    return std::make_unique<OpensshTunnel>(master_, std::move(child), timeout);
  }

 private:
  Error Refused(std::uint16_t port) const {
    if (!master_->IsThere()) return master_->Lost();
    return {Failure::kForwardingRefused,
            fmt::format("the node's sshd opens no connection to port {} of its 127.0.0.1: its "
                        "AllowTcpForwarding forbids it, or nobody listens there",
                        port)};
  }

  std::shared_ptr<const Master> master_;
  pair::Ssh settings_;
};

}  // namespace

std::expected<std::unique_ptr<Transport>, Error> ConnectOpenssh(const pair::Node& node) {
  auto ssh = host::FindProgram("ssh");
  if (!ssh) {
    return std::unexpected(Error{Failure::kBadSettings,
                                 "there is no 'ssh' on this machine, which 'ssh: {client: "
                                 "openssh}' asks for"});
  }
  auto folder = host::TempDir::Make();
  if (!folder) {
    return std::unexpected(Error{Failure::kBadSettings,
                                 "no temporary folder for ssh's socket: " + folder.error().reason});
  }
  // ssh expands '%' in it.
  if (folder->path().size() > kSocketPathMax || folder->path().contains('%')) {
    return std::unexpected(
        Error{Failure::kBadSettings,
              fmt::format("ssh's socket cannot lie in '{}': set TMPDIR to a shorter path without %",
                          text::Visible(folder->path()))});
  }
  auto master = std::make_shared<Master>(std::move(*ssh), std::move(*folder));
  if (auto connected = master->Connect(node); !connected) {
    return std::unexpected(std::move(connected.error()));
  }
  return std::make_unique<OpensshTransport>(std::move(master), node.ssh);
}

}  // namespace dhcpair::remote
