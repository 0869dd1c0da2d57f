#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/unique_fd.h"

namespace dhcpair::host {

/// A process that we started, and our ends of its pipes; those of its input and output do not wait.
struct Child {
  pid_t pid;
  UniqueFd in;  ///< Not open where its standard input is empty.
  UniqueFd out;
  UniqueFd err;
};

enum class ChildInput : std::uint8_t { kEmpty, kPipe };

/// Starts a program by its path, in the C locale, with none of our files but its pipes. Nothing
/// when it does not start. Whoever starts it reaps it.
std::optional<Child> StartChild(const std::vector<std::string>& argv, ChildInput input);

/// One read from a pipe that poll() called ready; false at its end.
bool Drain(const UniqueFd& from, std::string& into);

/// One write to a pipe that poll() called ready, which takes what was written off `rest`; false
/// when there is nothing more to write, or nobody who reads it. SIGPIPE must be blocked.
bool Feed(const UniqueFd& to, std::string_view& rest);

/// Waits for the child's end, so that it leaves no zombie.
void Reap(pid_t pid);

}  // namespace dhcpair::host
