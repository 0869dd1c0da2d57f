#include "omapi/algorithms.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "base/name_index.h"

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
    if (base::EqualsInAnyCase(conf_name, row.conf_name) ||
        base::EqualsInAnyCase(conf_name, without_dot) ||
        base::EqualsInAnyCase(conf_name, row.wire_name)) {
      return &row;
    }
  }
  return nullptr;
}

}  // namespace dhcpair::omapi
