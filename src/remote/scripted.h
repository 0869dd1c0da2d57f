#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "remote/transport.h"

namespace dhcpair::remote {

/// What is to go wrong with a request, and with which.
struct Fault {
  enum class Kind : std::uint8_t {
    kNever,   ///< The request fails and does not reach the node.
    kAfter,   ///< The node does it; its answer is lost.
    kNoise,   ///< The answer's `out` begins with `noise`.
    kHalf,    ///< The second half of the answer's `out` is missing, without an error.
    kNothing  ///< No harm; only `hook` is called.
  };
  Kind kind = Kind::kNever;
  std::string contains = {};  ///< Of the requests whose script contains this text,
  int which = 1;              ///< the first, second, …
  Error error{Failure::kLost, "the connection was lost"};
  std::string noise = "Welcome to the node\r\n";
  /// The connection is gone from then on: every later call fails in the same way.
  enum class Lasting : std::uint8_t { kOnce, kForGood } lasting = Lasting::kOnce;
  /// Called before the node does anything: time passes, somebody else changes things.
  std::function<void()> hook = {};
};

/// A node for tests. Requests get the answers that were laid out for them or, where there is none,
/// that of another transport; faults come between.
class ScriptedTransport : public Transport {
 public:
  /// Without `inner`, which must outlive this, a request with no answer fails as kLost.
  explicit ScriptedTransport(Transport* inner = nullptr) : inner_(inner) {}

  /// The answer to the next request whose script contains the text. Each is given once, in the
  /// order in which they were laid out.
  void WillAnswer(std::string contains, std::expected<Answer, Error> answer);
  void WillFail(Fault fault);
  /// What a tunnel's other end says to each Send; without it, tunnels are the inner transport's.
  void WillServe(std::function<std::string(std::string_view sent)> server);

  std::expected<Answer, Error> Run(const Request& request) override;
  std::expected<std::unique_ptr<Tunnel>, Error> OpenTunnel(std::uint16_t port) override;

  /// All that was asked, also what failed.
  const std::vector<Request>& requests() const { return requests_; }
  /// True when every fault has happened: a test of a fault that never came tests nothing.
  bool all_faults_happened() const { return faults_.empty(); }

 private:
  struct LaidOut {
    std::string contains;
    std::expected<Answer, Error> answer;
  };
  struct Armed {
    Fault fault;
    int still_to_pass;
  };

  std::optional<Fault> TakeFault(const Request& request);
  std::expected<Answer, Error> AnswerTo(const Request& request);

  Transport* inner_;
  std::deque<LaidOut> answers_;
  std::deque<Armed> faults_;
  std::function<std::string(std::string_view)> server_;
  std::optional<Error> gone_;
  std::vector<Request> requests_;
};

}  // namespace dhcpair::remote
