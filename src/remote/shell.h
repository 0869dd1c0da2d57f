#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/subprocess.h"
#include "pair/pair.h"
#include "remote/transport.h"

namespace dhcpair::remote {

/// The text as one word of POSIX shell, whatever is in it.
std::string Quote(std::string_view text);

/// The last line of what a program said, without the line ends behind it. Not made visible.
std::string_view LastLine(std::string_view text);

/// A request as it goes to a node.
struct ShellCall {
  /// For the login shell, which may be csh: one line of plain words and single quotes that begins
  /// with "exec", without '!', backslashes or single quotes within.
  std::string command;
  std::string standard_input;
};

/// Who tells by which signal a script ended: the protocol, or (for ssh(1) does not pass that on) a
/// second shell on the node, which says 128 + n.
enum class SignalTeller : std::uint8_t { kProtocol, kShell };

/// Prepares a request. The script runs in the C locale and only if all of it arrives; its text has
/// no NUL. What it finds on its standard input is exactly the request's input, but that may be cut
/// off where a connection ends: a script that keeps it must know its length or digest.
ShellCall PrepareCall(const Request& request, pair::Become become,
                      SignalTeller teller = SignalTeller::kProtocol);

/// The error behind an answer that comes from sudo or doas and not from the script: no rule that
/// lets us run /bin/sh, a password wanted, or no such program there.
std::optional<Error> BecomeRefusal(const Answer& answer, pair::Become become);

/// A failure of the program that carried a request.
Error ExplainRun(host::RunError error, const Request& request, std::string_view program);

}  // namespace dhcpair::remote
