#pragma once

namespace dhcpair {

/// The exit codes of every command.
enum class ExitCode {
  kDone = 0,         ///< Done and clean.
  kFallsShort = 1,   ///< The thing checked falls short.
  kBadInput = 2,     ///< The command line or an input file is wrong.
  kUnreachable = 3,  ///< A node cannot be reached.
  kRefused = 4,      ///< Refused: by a node, a policy or a lock, permissions or a full disk.
  kRolledBack = 5,
  kTimedOut = 6,  ///< Waited too long for a state; nothing was undone.
};

/// For several pairs the worst counts, in the order 5 4 3 6 2 1.
ExitCode Worse(ExitCode a, ExitCode b);

}  // namespace dhcpair
