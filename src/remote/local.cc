#include "remote/local.h"

#include <fmt/format.h>

#include "host/subprocess.h"
#include "remote/shell.h"
#include "remote/socket_tunnel.h"

namespace dhcpair::remote {
namespace {

Error Explain(host::RunError error, const Request& request) {
  switch (error) {
    case host::RunError::kCannotStart:
      return {Failure::kBadSettings, "/bin/sh of this machine does not start"};
    case host::RunError::kTimeout:
      return {Failure::kTimeout,
              fmt::format("the command did not end within {} s", request.timeout.count())};
    case host::RunError::kTooMuchOutput:
      return {Failure::kTooMuchOutput,
              fmt::format("the command said more than {} bytes", request.output_bytes_max)};
    case host::RunError::kInterrupted:
      return {Failure::kInterrupted, "interrupted"};
  }
  return {};
}

}  // namespace

std::expected<Answer, Error> LocalTransport::Run(const Request& request) {
  const ShellCall call = PrepareCall(request, become_);
  auto outcome = host::Run({.argv = {"/bin/sh", "-c", call.command},
                            .input = call.standard_input,
                            .timeout = request.timeout,
                            .output_bytes_max = request.output_bytes_max});
  if (!outcome) return std::unexpected(Explain(outcome.error(), request));
  Answer answer{outcome->exit_status, std::move(outcome->out), std::move(outcome->err)};
  if (auto refusal = BecomeRefusal(answer, become_)) return std::unexpected(std::move(*refusal));
  return answer;
}

std::expected<std::unique_ptr<Tunnel>, Error> LocalTransport::OpenTunnel(std::uint16_t port) {
  return ConnectLoopback(port);
}

}  // namespace dhcpair::remote
