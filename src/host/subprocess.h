#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace dhcpair::host {

/// What to run. The program is a path; no shell reads the arguments.
struct Command {
  std::vector<std::string> argv;
  /// What the child finds on its standard input; it lives as long as the run. A child that does not
  /// read all of it is not in error.
  std::string_view input = {};
  std::chrono::seconds timeout{60};
  /// More output than this ends the child.
  std::size_t output_bytes_max = 4 << 20;
};

/// How a child ended, and what it said.
struct Outcome {
  int exit_status = 0;  ///< The exit status, or 128 + the number of the signal that ended it.
  std::string out;
  std::string err;
};

enum class RunError {
  kCannotStart,    ///< No such program, or no permission to run it.
  kTimeout,        ///< It ran longer than it may; it was killed.
  kTooMuchOutput,  ///< It said more than it may; it was killed.
  kInterrupted,    ///< This process was asked to end (InterruptedBy); the child was killed.
};

/// What happened, as the end of a sentence.
std::string Describe(RunError error);

/// Runs a program in the C locale and waits for its end.
[[nodiscard]] std::expected<Outcome, RunError> Run(const Command& command);

}  // namespace dhcpair::host
