// What a node says over OMAPI is any bytes: each is a message or an error, a message encodes back
// to the same bytes, and no bytes but signed ones change what a session believes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "omapi/message.h"
#include "omapi/session.h"

using dhcpair::omapi::Algorithm;
using dhcpair::omapi::Decode;
using dhcpair::omapi::FailoverObject;
using dhcpair::omapi::Key;
using dhcpair::omapi::Session;

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void DecodeAll(std::string_view stream) {
  for (;;) {
    const auto decoded = Decode(stream);
    if (!decoded) return;
    Require(decoded->bytes >= dhcpair::omapi::kHeaderBytes && decoded->bytes <= stream.size());
    Require(Encode(decoded->message) == stream.substr(0, decoded->bytes));
    static_cast<void>(ReadFailoverObject(decoded->message.object_values, "p"));
    stream.remove_prefix(decoded->bytes);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  DecodeAll(bytes);

  Session session(*Key::Make("k", Algorithm::kHmacSha256, "QUJD"), "p", 1);
  // In two pieces, as a network would.
  const std::string_view head = bytes.substr(0, size / 2);
  if (session.Receive(head)) static_cast<void>(session.Receive(bytes.substr(head.size())));
  Require(session.object() == FailoverObject{});
  return 0;
}
