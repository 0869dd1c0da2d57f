#include "dhcp/print.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/bytes.h"
#include "base/ipv4_address.h"
#include "dhcp/format.h"
#include "dhcp/values.h"
#include "text/quote.h"

namespace dhcpair::dhcp {
namespace {

using base::Ipv4Address;

bool IsPrintable(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char c) { return c >= ' ' && c <= '~'; });
}

// Prints the parts of a value one after the other. Each step is false when the bytes do not fit.
class Printer {
 public:
  explicit Printer(std::string_view bytes) : rest_(bytes) {}

  bool Run(const Format& format) {
    do {
      if (!out_.empty()) out_ += ", ";
      is_first_of_record_ = true;
      for (const FormatPart& part : format.parts) {
        if (!RunPart(part)) return false;
      }
    } while (format.repeats && !format.parts.empty() && rest_.remaining() > 0);
    return rest_.AtEnd();
  }

  std::string Take() { return std::move(out_); }

 private:
  bool RunPart(const FormatPart& part) {
    if (part.is_optional && rest_.AtEnd()) return true;
    if (!is_first_of_record_ && part.letter != 'Z') out_ += ' ';
    is_first_of_record_ = false;
    if (!One(part.letter)) return false;
    while (part.repeats && rest_.remaining() > 0) {
      out_ += ", ";
      if (!One(part.letter)) return false;
    }
    return true;
  }

  bool One(char letter) {
    switch (letter) {
      case 'I':
        return Put(Ipv4Address(rest_.U32()).ToString());
      case '6':
        return Ipv6();
      case 'T':
        return Seconds();
      case 'L':
        return Put(std::to_string(rest_.U32()));
      case 'l':
        return Put(std::to_string(static_cast<std::int32_t>(rest_.U32())));
      case 'S':
        return Put(std::to_string(rest_.U16()));
      case 's':
        return Put(std::to_string(static_cast<std::int16_t>(rest_.U16())));
      case 'B':
        return Put(std::to_string(rest_.U8()));
      case 'b':
        return Put(std::to_string(static_cast<std::int8_t>(rest_.U8())));
      case 'f':
        return Flag();
      case 't':
        return Put(text::Quote(All()));
      case 'X':
      case 'E':
        return TextOrOctets();
      case 'd':
        return DomainName();
      case 'D':
        return DomainNames();
      case 'R':
        return Routes();
      case 'Z':
        return rest_.AtEnd();
      default:
        // Enumerations and names of spaces, which no option that a client gets has.
        return false;
    }
  }

  bool Put(std::string_view text) {
    out_ += text;
    return !rest_.failed();
  }

  std::string_view All() { return rest_.Bytes(rest_.remaining()); }

  bool Ipv6() {
    for (int group = 0; group < 8; ++group) {
      out_ += fmt::format("{}{:x}", group == 0 ? "" : ":", rest_.U16());
    }
    return !rest_.failed();
  }

  bool Seconds() {
    const std::uint32_t seconds = rest_.U32();
    return Put(seconds == 0xffffffff ? "infinite" : std::to_string(seconds));
  }

  bool Flag() {
    constexpr std::array<std::string_view, 3> kWords{"false", "true", "ignore"};
    const std::uint8_t value = rest_.U8();
    return value < kWords.size() && Put(kWords[value]);
  }

  bool TextOrOctets() {
    const std::string_view bytes = All();
    return Put(IsPrintable(bytes) ? text::Quote(bytes) : PrintOctets(bytes));
  }

  bool DomainName() {
    const auto names = ReadDomainNames(All());
    return names && names->size() == 1 && Put(names->front());
  }

  bool DomainNames() {
    const auto names = ReadDomainNames(All());
    if (!names) return false;
    for (const std::string& name : *names) {
      if (&name != &names->front()) out_ += ", ";
      out_ += text::Quote(name);
    }
    return true;
  }

  bool Routes() {
    const auto routes = ReadClasslessRoutes(All());
    if (!routes) return false;
    for (const ClasslessRoute& route : *routes) {
      out_ += fmt::format("{}{}/{} via {}", &route == &routes->front() ? "" : ", ",
                          route.destination.ToString(), route.width, route.router.ToString());
    }
    return true;
  }

  base::Reader rest_;
  std::string out_;
  bool is_first_of_record_ = true;
};

}  // namespace

std::string PrintOctets(std::string_view bytes) {
  if (bytes.empty()) return "\"\"";
  std::string out;
  for (const char c : bytes) {
    out += fmt::format("{}{:02x}", out.empty() ? "" : ":", static_cast<std::uint8_t>(c));
  }
  return out;
}

std::string PrintOption(const OptionDefinition& definition, std::string_view bytes) {
  Printer printer(bytes);
  return printer.Run(ReadFormat(definition.format)) ? printer.Take() : PrintOctets(bytes);
}

}  // namespace dhcpair::dhcp
