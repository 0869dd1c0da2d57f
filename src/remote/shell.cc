#include "remote/shell.h"

#include <fmt/format.h>

#include <array>
#include <cassert>
#include <span>

#include "remote/wait.h"
#include "text/utf8.h"

namespace dhcpair::remote {
namespace {

std::string_view ProgramOf(pair::Become become) {
  switch (become) {
    case pair::Become::kNone:
      return "";
    case pair::Become::kSudo:
      return "sudo";
    case pair::Become::kDoas:
      return "doas";
  }
  return "";
}

// -n: never ask for a password, of which nobody would see the question.
std::string ShellProgram(pair::Become become) {
  const std::string_view program = ProgramOf(become);
  return program.empty() ? "exec /bin/sh" : fmt::format("exec {} -n /bin/sh", program);
}

// A brace group is read to its end before any of it runs: a script that was cut off is a syntax
// error. What programs say is read by programs, hence the locale.
std::string Wrapped(std::string_view script) {
  return fmt::format("{{ LC_ALL=C; export LC_ALL\n{}\n}}\n", script);
}

// Shells read ahead, so that what stands behind a script on the same standard input is lost to it.
// This one takes the script in pieces as they come, never more than is left of it, and then runs
// it. A single read may give less than was asked for, hence the loop; the locale makes ${#…} count
// bytes; the dot keeps line ends that $(…) would take away.
std::string Loader(std::size_t script_bytes) {
  return fmt::format(
      "LC_ALL=C; export LC_ALL; dhcpair_n={}; dhcpair_s=; "
      "while [ \"$dhcpair_n\" -gt 0 ]; do "
      "dhcpair_c=$(dd bs=\"$dhcpair_n\" count=1 2>/dev/null; echo .); dhcpair_c=${{dhcpair_c%.}}; "
      "[ -n \"$dhcpair_c\" ] || {{ echo \"dhcpair: the script was cut off\" >&2; exit 255; }}; "
      "dhcpair_s=$dhcpair_s$dhcpair_c; dhcpair_n=$((dhcpair_n-${{#dhcpair_c}})); "
      "done; eval \"$dhcpair_s\"",
      script_bytes);
}

bool ContainsAny(std::string_view text, std::span<const std::string_view> parts) {
  for (const std::string_view part : parts) {
    if (text.find(part) != std::string_view::npos) return true;
  }
  return false;
}

std::string RuleFor(pair::Become become) {
  return become == pair::Become::kSudo ? "in sudoers: USER ALL=(root) NOPASSWD: /bin/sh"
                                       : "in doas.conf: permit nopass USER as root cmd /bin/sh";
}

// Both end with status 1 and say why, sudo in many ways.
bool IsRefusal(const Answer& answer, pair::Become become) {
  static constexpr std::array<std::string_view, 5> kSudo{
      "sudo: ", "is not in the sudoers file", "is not allowed to execute", "may not run sudo",
      "is not allowed to run sudo"};
  static constexpr std::array<std::string_view, 1> kDoas{"doas: "};
  if (answer.status != 1) return false;
  const std::string_view last = LastLine(answer.err);
  return become == pair::Become::kSudo ? ContainsAny(last, kSudo) : ContainsAny(last, kDoas);
}

// 127 and 126 are the login shell's words for a program that it cannot start; csh says 1.
bool IsMissing(const Answer& answer, std::string_view program) {
  static constexpr std::array<std::string_view, 4> kMissing{"not found", "No such file",
                                                            "Permission", "permission"};
  const std::string_view last = LastLine(answer.err);
  return (answer.status == 127 || answer.status == 126 || answer.status == 1) &&
         last.find(program) != std::string_view::npos && ContainsAny(last, kMissing);
}

}  // namespace

std::string_view LastLine(std::string_view text) {
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  return text.substr(text.rfind('\n') + 1);
}

std::string Quote(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

ShellCall PrepareCall(const Request& request, pair::Become become, SignalTeller teller) {
  assert(request.script.find('\0') == std::string::npos);
  std::string script = Wrapped(request.script);
  const std::string shell = ShellProgram(become);
  // With arguments of its own, so that no quotes come within quotes.
  const bool is_shell = teller == SignalTeller::kShell;
  if (request.input.empty()) {
    const char* const arguments = is_shell ? " -c '/bin/sh -s; exit $?'" : " -s";
    return {shell + arguments, std::move(script)};
  }
  const char* const outer = is_shell ? "'/bin/sh -c \"$0\"; exit $?' " : "";
  std::string command = fmt::format("{} -c {}'{}'", shell, outer, Loader(script.size()));
  return {std::move(command), std::move(script) + request.input};
}

std::optional<Error> BecomeRefusal(const Answer& answer, pair::Become become) {
  if (become == pair::Become::kNone) return std::nullopt;
  const std::string_view program = ProgramOf(become);
  if (IsMissing(answer, program)) {
    return Error{Failure::kNotPermitted,
                 fmt::format("there is no usable '{}' on this node, which 'ssh: {{become: {}}}' "
                             "asks for ('{}')",
                             program, program, text::Visible(LastLine(answer.err)))};
  }
  if (!IsRefusal(answer, become)) return std::nullopt;
  return Error{Failure::kNotPermitted,
               fmt::format("{} does not let us run /bin/sh as root without a password ('{}'); the "
                           "rule that is needed, {}",
                           program, text::Visible(LastLine(answer.err)), RuleFor(become))};
}

Error ExplainRun(host::RunError error, const Request& request, std::string_view program) {
  switch (error) {
    case host::RunError::kCannotStart:
      return {Failure::kBadSettings, fmt::format("{} of this machine does not start", program)};
    case host::RunError::kTimeout:
      return {Failure::kTimeout,
              fmt::format("the command did not end within {} s", request.timeout.count())};
    case host::RunError::kTooMuchOutput:
      return {Failure::kTooMuchOutput,
              fmt::format("the command said more than {} bytes", request.output_bytes_max)};
    case host::RunError::kInterrupted:
      return Interrupted();
  }
  return {};
}

}  // namespace dhcpair::remote
