#include "remote/scripted.h"

#include <algorithm>
#include <utility>

namespace dhcpair::remote {
namespace {

using Server = std::function<std::string(std::string_view)>;

class ServedTunnel : public Tunnel {
 public:
  explicit ServedTunnel(Server server) : server_(std::move(server)) {}

  std::expected<void, Error> Send(std::string_view bytes) override {
    pending_ += server_(bytes);
    return {};
  }

  std::expected<std::string, Error> Receive(std::chrono::seconds) override {
    if (!pending_.empty()) return std::exchange(pending_, {});
    return std::unexpected(Error{Failure::kTimeout, "nothing came through the tunnel"});
  }

 private:
  Server server_;
  std::string pending_;
};

}  // namespace

void ScriptedTransport::WillAnswer(std::string contains, std::expected<Answer, Error> answer) {
  answers_.push_back({std::move(contains), std::move(answer)});
}

void ScriptedTransport::WillFail(Fault fault) {
  const int which = fault.which;
  faults_.push_back({std::move(fault), which});
}

void ScriptedTransport::WillServe(Server server) { server_ = std::move(server); }

// One request counts for all faults that match it, though only one of them comes with it.
std::optional<Fault> ScriptedTransport::TakeFault(const Request& request) {
  std::optional<Fault> taken;
  for (auto armed = faults_.begin(); armed != faults_.end();) {
    const bool matches = request.script.find(armed->fault.contains) != std::string::npos;
    if (matches && armed->still_to_pass > 0) --armed->still_to_pass;
    if (matches && armed->still_to_pass == 0 && !taken) {
      taken = std::move(armed->fault);
      armed = faults_.erase(armed);
    } else {
      ++armed;
    }
  }
  return taken;
}

std::expected<Answer, Error> ScriptedTransport::AnswerTo(const Request& request) {
  const auto found = std::ranges::find_if(answers_, [&](const LaidOut& laid_out) {
    return request.script.find(laid_out.contains) != std::string::npos;
  });
  if (found != answers_.end()) {
    std::expected<Answer, Error> answer = std::move(found->answer);
    answers_.erase(found);
    return answer;
  }
  if (inner_ != nullptr) return inner_->Run(request);
  return std::unexpected(Error{Failure::kLost, "no answer was laid out for this request"});
}

std::expected<Answer, Error> ScriptedTransport::Run(const Request& request) {
  requests_.push_back(request);
  if (gone_) return std::unexpected(*gone_);
  const std::optional<Fault> fault = TakeFault(request);
  if (!fault) return AnswerTo(request);
  if (fault->hook) fault->hook();
  if (fault->lasting == Fault::Lasting::kForGood) gone_ = fault->error;
  if (fault->kind == Fault::Kind::kNever) return std::unexpected(fault->error);
  std::expected<Answer, Error> answer = AnswerTo(request);
  if (fault->kind == Fault::Kind::kAfter) return std::unexpected(fault->error);
  if (answer && fault->kind == Fault::Kind::kNoise) answer->out.insert(0, fault->noise);
  if (answer && fault->kind == Fault::Kind::kHalf) answer->out.resize(answer->out.size() / 2);
  return answer;
}

std::expected<std::unique_ptr<Tunnel>, Error> ScriptedTransport::OpenTunnel(std::uint16_t port) {
  if (gone_) return std::unexpected(*gone_);
  if (server_) return std::make_unique<ServedTunnel>(server_);
  if (inner_ != nullptr) return inner_->OpenTunnel(port);
  return std::unexpected(Error{Failure::kForwardingRefused, "the node opens no connections"});
}

}  // namespace dhcpair::remote
