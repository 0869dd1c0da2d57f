#include <fmt/format.h>
#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <optional>
#include <string_view>

#include "remote/libssh_parts.h"

namespace dhcpair::remote {
namespace {

struct SignalRow {
  std::string_view name;  // RFC 4254, section 6.10.
  int number;
};

constexpr std::array kSignals{
    SignalRow{"ABRT", SIGABRT}, SignalRow{"ALRM", SIGALRM}, SignalRow{"FPE", SIGFPE},
    SignalRow{"HUP", SIGHUP},   SignalRow{"ILL", SIGILL},   SignalRow{"INT", SIGINT},
    SignalRow{"KILL", SIGKILL}, SignalRow{"PIPE", SIGPIPE}, SignalRow{"QUIT", SIGQUIT},
    SignalRow{"SEGV", SIGSEGV}, SignalRow{"TERM", SIGTERM}, SignalRow{"USR1", SIGUSR1},
    SignalRow{"USR2", SIGUSR2},
};

// A name that is none of these has no number of its own: what a shell says of the strangest end.
int StatusOfSignal(std::string_view name) {
  const auto* const row = std::ranges::find(kSignals, name, &SignalRow::name);
  return row == kSignals.end() ? 255 : 128 + row->number;
}

void KeepStatus(ssh_session, ssh_channel, int status, void* data) {
  *static_cast<std::optional<int>*>(data) = status;
}

void KeepSignal(ssh_session, ssh_channel, const char* name, int, const char*, const char*,
                void* data) {
  *static_cast<std::optional<int>*>(data) = StatusOfSignal(name);
}

// One command on its channel.
class Exec {
 public:
  Exec(const LibsshSession& session, const ShellCall& call, const Request& limits)
      : session_(session),
        limits_(limits),
        deadline_(limits.timeout),
        input_(call.standard_input),
        command_(call.command),
        channel_(ssh_channel_new(session.get())) {
    callbacks_.userdata = &status_;
    callbacks_.channel_exit_status_function = KeepStatus;
    callbacks_.channel_exit_signal_function = KeepSignal;
    ssh_callbacks_init(&callbacks_);
    ssh_set_channel_callbacks(channel_.get(), &callbacks_);
  }

  std::expected<Answer, Error> Run() {
    if (auto begun = Begin()) return std::unexpected(std::move(*begun));
    while (!IsOver()) {
      if (auto stop = MustStopWaiting(deadline_, "the command did not end")) {
        return std::unexpected(std::move(*stop));
      }
      const bool wrote = Write();
      const bool read = Read();
      if (answer_.out.size() + answer_.err.size() > limits_.output_bytes_max) {
        return std::unexpected(
            Error{Failure::kTooMuchOutput,
                  fmt::format("the command said more than {} bytes", limits_.output_bytes_max)});
      }
      if (!wrote && !read && !IsOver()) Rest();
    }
    // The status may have come before the link broke, and the output not all of it.
    if (!status_ || ssh_channel_is_eof(channel_.get()) == 0) {
      return std::unexpected(session_.Lost());
    }
    answer_.status = *status_;
    return std::move(answer_);
  }

 private:
  std::optional<Error> Begin() {
    const auto opened = session_.Complete([&] { return ssh_channel_open_session(channel_.get()); },
                                          SSH_AGAIN, deadline_, "the node's sshd began no command");
    if (!opened) return opened.error();
    if (*opened != SSH_OK) return session_.Lost();
    const auto asked = session_.Complete(
        [&] { return ssh_channel_request_exec(channel_.get(), command_.c_str()); }, SSH_AGAIN,
        deadline_, "the node's sshd began no command");
    if (!asked) return asked.error();
    if (*asked == SSH_OK) return std::nullopt;
    if (!session_.is_alive()) return session_.Lost();
    return Error{Failure::kNotPermitted,
                 "the node's sshd lets this user run no commands; it must have a shell"};
  }

  // All was said and the status is here, or none will come any more.
  bool IsOver() const {
    // libssh calls that the end only when both streams have been read.
    return failed_ || !session_.is_alive() ||
           (ssh_channel_is_closed(channel_.get()) != 0 && ssh_channel_is_eof(channel_.get()) != 0);
  }

  bool Write() {
    if (input_.empty()) {
      if (!sent_end_ && ssh_channel_send_eof(channel_.get()) == SSH_OK) sent_end_ = true;
      return false;
    }
    const std::uint32_t window = ssh_channel_window_size(channel_.get());
    if (window == 0 || ssh_channel_is_closed(channel_.get()) != 0) return false;
    const auto bytes = static_cast<std::uint32_t>(
        std::min({input_.size(), std::size_t{window}, std::size_t{1} << 18}));
    const int written = ssh_channel_write(channel_.get(), input_.data(), bytes);
    // A command that ends without reading its input is none that failed: its status tells.
    if (written <= 0) return false;
    input_.remove_prefix(static_cast<std::size_t>(written));
    return true;
  }

  bool Read() {
    const bool out = ReadInto(answer_.out, 0);
    const bool err = ReadInto(answer_.err, 1);
    return out || err;
  }

  bool ReadInto(std::string& text, int is_stderr) {
    std::array<char, 1 << 16> buffer;
    const int got =
        ssh_channel_read_nonblocking(channel_.get(), buffer.data(), buffer.size(), is_stderr);
    if (got > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(got));
      return true;
    }
    if (got == SSH_ERROR) failed_ = true;
    return false;
  }

  // A message that asks for nothing keeps firewalls from forgetting us, and finds out when the node
  // is gone.
  void Rest() {
    constexpr std::chrono::seconds kQuiet{15};
    const auto now = std::chrono::steady_clock::now();
    if (now - last_sign_of_life_ > kQuiet) {
      ssh_send_ignore(session_.get(), "");
      last_sign_of_life_ = now;
    }
    session_.AwaitNews(deadline_);
  }

  const LibsshSession& session_;
  const Request& limits_;
  Deadline deadline_;
  std::string_view input_;
  std::string command_;
  std::optional<int> status_;
  ssh_channel_callbacks_struct callbacks_ = {};
  LibsshChannel channel_;  // After what its callbacks touch.
  std::chrono::steady_clock::time_point last_sign_of_life_ = std::chrono::steady_clock::now();
  Answer answer_;
  bool sent_end_ = false;
  bool failed_ = false;
};

}  // namespace

std::expected<Answer, Error> LibsshRun(const LibsshSession& session, const ShellCall& call,
                                       const Request& limits) {
  return Exec(session, call, limits).Run();
}

}  // namespace dhcpair::remote
