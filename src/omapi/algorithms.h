#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace dhcpair::omapi {

enum class Algorithm : std::uint8_t {
  kHmacMd5,
  kHmacSha1,
  kHmacSha224,
  kHmacSha256,
  kHmacSha384,
  kHmacSha512,
};

/// One algorithm that dhcpd signs with.
struct AlgorithmRow {
  Algorithm algorithm;
  std::string_view conf_name;  ///< In dhcpd.conf and in `omapi:` of a pair file.
  std::string_view wire_name;  ///< Always this long form with the final dot; dhcpd compares without
                               ///< case and knows no short one.
  std::string_view digest;     ///< As libcrypto calls it.
  std::size_t digest_bytes;
};

std::span<const AlgorithmRow> Algorithms();

const AlgorithmRow& RowOf(Algorithm algorithm);

/// The row of this name as dhcpd.conf has it, without regard to case: "hmac-sha256", also
/// "HMAC-MD5.SIG-ALG.REG.INT". Null for any other text.
const AlgorithmRow* AlgorithmNamed(std::string_view conf_name);

}  // namespace dhcpair::omapi
