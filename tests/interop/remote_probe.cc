// Talks to the primary of a pair file through one connection, step by step, for ssh_clients.sh:
//
//   remote_probe PAIR-FILE STEP...
//     run SCRIPT        prints what it said, then "status N" (and "err: …" for each line of its
//     err) input FILE        what the next run finds on its standard input timeout SECONDS   of the
//     next runs limit BYTES       of the output of the next runs tunnel PORT TEXT  sends the text
//     and prints the answer, or "end"
//
// A failure prints its name and message; the next step goes on all the same.

#include <fmt/format.h>

#include <cstdlib>
#include <deque>
#include <iostream>
#include <string>
#include <string_view>

#include "host/file_loader.h"
#include "host/interrupt.h"
#include "pair/load.h"
#include "remote/connect.h"

namespace dhcpair::remote {
namespace {

constexpr std::size_t kInputBytesMax = 256 << 20;

std::string_view NameOf(Failure failure) {
  switch (failure) {
    case Failure::kUnknownHost:
      return "unknown-host";
    case Failure::kRefused:
      return "refused";
    case Failure::kHostKeyUnknown:
      return "host-key-unknown";
    case Failure::kHostKeyChanged:
      return "host-key-changed";
    case Failure::kNotAuthenticated:
      return "not-authenticated";
    case Failure::kNotPermitted:
      return "not-permitted";
    case Failure::kBadSettings:
      return "bad-settings";
    case Failure::kForwardingRefused:
      return "forwarding-refused";
    case Failure::kTimeout:
      return "timeout";
    case Failure::kTooMuchOutput:
      return "too-much-output";
    case Failure::kLost:
      return "lost";
    case Failure::kInterrupted:
      return "interrupted";
  }
  return "";
}

void Print(const Error& error) {
  std::cout << "failure " << NameOf(error.failure) << ": " << error.message << std::endl;
}

class Probe {
 public:
  Probe(Transport& node, std::deque<std::string> steps) : node_(node), steps_(std::move(steps)) {}

  void Go() {
    while (!steps_.empty()) {
      const std::string step = Take();
      if (step == "run") {
        Run(Take());
      } else if (step == "input") {
        request_.input = host::ReadFile(Take(), kInputBytesMax).value();
      } else if (step == "timeout") {
        request_.timeout = std::chrono::seconds(std::stoi(Take()));
      } else if (step == "limit") {
        request_.output_bytes_max = std::stoul(Take());
      } else if (step == "tunnel") {
        const int port = std::stoi(Take());
        Ask(static_cast<std::uint16_t>(port), Take());
      } else {
        std::cerr << "unknown step " << step << "\n";
        std::exit(2);
      }
    }
  }

 private:
  std::string Take() {
    if (steps_.empty()) return "";
    std::string step = std::move(steps_.front());
    steps_.pop_front();
    return step;
  }

  void Run(std::string script) {
    request_.script = std::move(script);
    const auto answer = node_.Run(request_);
    request_.input.clear();
    if (!answer) return Print(answer.error());
    std::cout << answer->out;
    if (!answer->err.empty()) std::cout << "err: " << answer->err;
    std::cout << "status " << answer->status << std::endl;
  }

  void Ask(std::uint16_t port, const std::string& text) {
    auto tunnel = node_.OpenTunnel(port);
    if (!tunnel) return Print(tunnel.error());
    if (const auto sent = (*tunnel)->Send(text); !sent) return Print(sent.error());
    const auto got = (*tunnel)->Receive(std::chrono::seconds(20));
    if (!got) return Print(got.error());
    std::cout << "tunnel: " << (got->empty() ? "end" : *got) << std::endl;
  }

  Transport& node_;
  std::deque<std::string> steps_;
  Request request_;
};

int Main(int argc, char** argv) {
  host::CatchInterrupts();
  host::FileLoader loader;
  text::Diagnostics diagnostics;
  const auto pair = pair::Load(loader, argc > 1 ? argv[1] : "pair.yaml", diagnostics);
  if (!pair) {
    std::cerr << "no pair file\n";
    return 2;
  }
  const auto node = Connect(pair->primary.node);
  if (!node) {
    Print(node.error());
    return 1;
  }
  Probe(**node, {argv + 2, argv + argc}).Go();
  return 0;
}

}  // namespace
}  // namespace dhcpair::remote

int main(int argc, char** argv) { return dhcpair::remote::Main(argc, argv); }
