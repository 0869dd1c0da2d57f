#pragma once

#include <concepts>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "host/temp_dir.h"
#include "remote/transport.h"
#include "remote/wait.h"

struct ssh_session_struct;
struct ssh_channel_struct;

namespace dhcpair::remote {

/// A session of libssh that never waits inside libssh: each call is repeated until it is through,
/// the deadline is over or this process is asked to end. SIGPIPE is its users' matter.
class LibsshSession {
 public:
  LibsshSession();
  ~LibsshSession();
  LibsshSession(const LibsshSession&) = delete;
  LibsshSession& operator=(const LibsshSession&) = delete;

  ssh_session_struct* get() const { return session_; }

  /// Calls `step` until it returns something other than `again`, which it then returns. `what` did
  /// not happen when the time is over.
  template <std::invocable Step>
  std::expected<int, Error> Complete(Step step, int again, const Deadline& deadline,
                                     std::string_view what) const {
    while (true) {
      if (const int result = step(); result != again) return result;
      if (auto stop = MustStopWaiting(deadline, what)) return std::unexpected(std::move(*stop));
      AwaitNews(deadline);
    }
  }

  /// Waits until the node has sent something or takes something, but not for long.
  void AwaitNews(const Deadline& deadline) const;
  bool is_alive() const;
  /// A folder that is to be there as long as the session.
  void Keep(host::TempDir folder) { folder_.emplace(std::move(folder)); }
  /// libssh's own words on what went wrong last, fit for a terminal.
  std::string LastError() const;
  Error Lost() const;

 private:
  ssh_session_struct* session_;
  std::optional<host::TempDir> folder_;
};

struct FreeLibsshChannel {
  void operator()(ssh_channel_struct* channel) const;
};
/// Freeing closes it.
using LibsshChannel = std::unique_ptr<ssh_channel_struct, FreeLibsshChannel>;

}  // namespace dhcpair::remote
