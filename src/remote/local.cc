#include "remote/local.h"

#include "host/subprocess.h"
#include "remote/shell.h"
#include "remote/socket_tunnel.h"

namespace dhcpair::remote {

std::expected<Answer, Error> LocalTransport::Run(const Request& request) {
  const ShellCall call = PrepareCall(request, become_);
  auto outcome = host::Run({.argv = {"/bin/sh", "-c", call.command},
                            .input = call.standard_input,
                            .timeout = request.timeout,
                            .output_bytes_max = request.output_bytes_max});
  if (!outcome) return std::unexpected(ExplainRun(outcome.error(), request, "/bin/sh"));
  Answer answer{outcome->exit_status, std::move(outcome->out), std::move(outcome->err)};
  if (auto refusal = BecomeRefusal(answer, become_)) return std::unexpected(std::move(*refusal));
  return answer;
}

std::expected<std::unique_ptr<Tunnel>, Error> LocalTransport::OpenTunnel(std::uint16_t port) {
  return ConnectLoopback(port, tunnel_timeout_);
}

}  // namespace dhcpair::remote
