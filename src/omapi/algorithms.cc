#include "omapi/algorithms.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace dhcpair::omapi {
namespace {

constexpr std::array kAlgorithms{
    AlgorithmRow{Algorithm::kHmacMd5, "hmac-md5", "hmac-md5.SIG-ALG.REG.INT.", "MD5", 16},
    AlgorithmRow{Algorithm::kHmacSha1, "hmac-sha1", "hmac-sha1.SIG-ALG.REG.INT.", "SHA1", 20},
    AlgorithmRow{Algorithm::kHmacSha224, "hmac-sha224", "hmac-sha224.SIG-ALG.REG.INT.", "SHA224",
                 28},
    AlgorithmRow{Algorithm::kHmacSha256, "hmac-sha256", "hmac-sha256.SIG-ALG.REG.INT.", "SHA256",
                 32},
    AlgorithmRow{Algorithm::kHmacSha384, "hmac-sha384", "hmac-sha384.SIG-ALG.REG.INT.", "SHA384",
                 48},
    AlgorithmRow{Algorithm::kHmacSha512, "hmac-sha512", "hmac-sha512.SIG-ALG.REG.INT.", "SHA512",
                 64},
};

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool EqualWithoutCase(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, Lower, Lower);
}

}  // namespace

std::span<const AlgorithmRow> Algorithms() { return kAlgorithms; }

const AlgorithmRow& RowOf(Algorithm algorithm) {
  const auto* const found = std::ranges::find(kAlgorithms, algorithm, &AlgorithmRow::algorithm);
  assert(found != kAlgorithms.end());
  return *found;
}

const AlgorithmRow* AlgorithmNamed(std::string_view conf_name) {
  for (const AlgorithmRow& row : kAlgorithms) {
    const std::string_view without_dot = row.wire_name.substr(0, row.wire_name.size() - 1);
    if (EqualWithoutCase(conf_name, row.conf_name) || EqualWithoutCase(conf_name, without_dot) ||
        EqualWithoutCase(conf_name, row.wire_name)) {
      return &row;
    }
  }
  return nullptr;
}

}  // namespace dhcpair::omapi
