#include "omapi/message.h"

#include <algorithm>
#include <cassert>

#include "base/bytes.h"

namespace dhcpair::omapi {
namespace {

constexpr std::uint32_t kVersion = 100;

void Write(const Values& values, base::Writer& writer) {
  assert(values.size() <= kValuesMax);
  for (const Value& value : values) {
    // A name of no bytes is the end of the list.
    assert(!value.name.empty() && value.name.size() <= kNameBytesMax);
    assert(value.bytes.size() <= kValueBytesMax);
    writer.U16(static_cast<std::uint16_t>(value.name.size()));
    writer.Bytes(value.name);
    writer.U32(static_cast<std::uint32_t>(value.bytes.size()));
    writer.Bytes(value.bytes);
  }
  writer.U16(0);
}

// The next list; nothing when it is beyond a limit. One that is cut off fails the reader.
std::optional<Values> ReadValues(base::Reader& reader) {
  Values values;
  for (;;) {
    const std::size_t name_bytes = reader.U16();
    if (name_bytes == 0) return values;
    if (name_bytes > kNameBytesMax || values.size() == kValuesMax) return std::nullopt;
    const std::string_view name = reader.Bytes(name_bytes);
    const std::size_t value_bytes = reader.U32();
    if (value_bytes > kValueBytesMax) return std::nullopt;
    const std::string_view bytes = reader.Bytes(value_bytes);
    if (reader.failed()) return values;
    values.push_back({std::string(name), std::string(bytes)});
  }
}

}  // namespace

Value TextValue(std::string_view name, std::string_view text) {
  return {std::string(name), std::string(text)};
}

Value NumberValue(std::string_view name, std::uint32_t number) {
  base::Writer writer;
  writer.U32(number);
  return {std::string(name), writer.Take()};
}

std::optional<std::string_view> Find(const Values& values, std::string_view name) {
  if (std::ranges::count(values, name, &Value::name) != 1) return std::nullopt;
  return std::ranges::find(values, name, &Value::name)->bytes;
}

std::optional<std::uint32_t> FindNumber(const Values& values, std::string_view name) {
  const auto bytes = Find(values, name);
  if (!bytes) return std::nullopt;
  base::Reader reader(*bytes);
  const std::uint32_t number = reader.U32();
  if (!reader.AtEnd()) return std::nullopt;
  return number;
}

std::string Encode(const Message& message) {
  assert(message.signature.size() <= kSignatureBytesMax);
  base::Writer writer;
  writer.U32(message.authid);
  writer.U32(static_cast<std::uint32_t>(message.signature.size()));
  writer.U32(static_cast<std::uint32_t>(message.op));
  writer.U32(message.handle);
  writer.U32(message.id);
  writer.U32(message.rid);
  writer.Bytes(message.surplus);
  Write(message.message_values, writer);
  Write(message.object_values, writer);
  writer.Bytes(message.signature);
  assert(writer.bytes().size() <= kMessageBytesMax);
  return writer.Take();
}

std::expected<Decoded, DecodeError> Decode(std::string_view stream, std::size_t header_bytes) {
  assert(header_bytes >= kHeaderBytes && header_bytes <= kHeaderBytesMax);
  base::Reader reader(stream.substr(0, kMessageBytesMax));
  const std::size_t begin = reader.remaining();
  Message message;
  message.authid = reader.U32();
  const std::size_t signature_bytes = reader.U32();
  const std::uint32_t op_number = reader.U32();
  message.handle = reader.U32();
  message.id = reader.U32();
  message.rid = reader.U32();
  message.surplus = reader.Bytes(header_bytes - kHeaderBytes);
  if (reader.failed()) return std::unexpected(DecodeError::kIncomplete);

  const auto op = OpNumbered(op_number);
  if (!op) return std::unexpected(DecodeError::kUnknownOp);
  message.op = *op;
  if (signature_bytes > kSignatureBytesMax) return std::unexpected(DecodeError::kTooLarge);
  for (Values* values : {&message.message_values, &message.object_values}) {
    auto read = ReadValues(reader);
    if (!read) return std::unexpected(DecodeError::kTooLarge);
    *values = *std::move(read);
  }
  message.signature = reader.Bytes(signature_bytes);
  if (reader.failed()) {
    return std::unexpected(stream.size() < kMessageBytesMax ? DecodeError::kIncomplete
                                                            : DecodeError::kTooLarge);
  }
  return Decoded{std::move(message), begin - reader.remaining()};
}

std::string Hello() {
  base::Writer writer;
  writer.U32(kVersion);
  writer.U32(kHeaderBytes);
  return writer.Take();
}

std::expected<std::size_t, HelloError> ReadHello(std::string_view stream) {
  base::Reader reader(stream);
  const std::uint32_t version = reader.U32();
  // What speaks another protocol may never send eight bytes.
  if (!reader.failed() && version != kVersion) return std::unexpected(HelloError::kNotOmapi);
  const std::size_t header_bytes = reader.U32();
  if (reader.failed()) return std::unexpected(HelloError::kIncomplete);
  if (header_bytes < kHeaderBytes || header_bytes > kHeaderBytesMax) {
    return std::unexpected(HelloError::kNotOmapi);
  }
  return header_bytes;
}

}  // namespace dhcpair::omapi
