#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "omapi/algorithms.h"
#include "omapi/message.h"

namespace dhcpair::omapi {

/// A shared secret under its name in dhcpd.conf.
class Key {
 public:
  static constexpr std::size_t kSecretBytesMax = 4096;

  /// Fails on a secret that is not padded base64 (RFC 4648 section 4) of 1 to 4096 bytes, and on a
  /// name of no or too many bytes.
  [[nodiscard]] static std::optional<Key> Make(std::string_view name, Algorithm algorithm,
                                               std::string_view base64_secret);

  const std::string& name() const { return name_; }
  const AlgorithmRow& algorithm() const { return RowOf(algorithm_); }

  /// HMAC of `bytes` (RFC 2104); nothing where libcrypto refuses the algorithm, as its FIPS mode
  /// does with MD5.
  std::optional<std::string> Sign(std::string_view bytes) const;

 private:
  Key(std::string_view name, Algorithm algorithm, std::string secret)
      : name_(name), algorithm_(algorithm), secret_(std::move(secret)) {}

  std::string name_;
  Algorithm algorithm_;
  std::string secret_;  ///< The decoded bytes.
};

/// The message on the wire, signed as from the authenticator that the server knows by the handle
/// `authid`. The signature covers all but the authid and itself. Nothing where libcrypto refuses.
[[nodiscard]] std::optional<std::string> EncodeSigned(Message message, const Key& key,
                                                      std::uint32_t authid);

/// Whether `wire`, the whole bytes of a message, ends in the signature that the key gives it.
/// Takes the same time wherever the two differ.
[[nodiscard]] bool HasGoodSignature(std::string_view wire, const Key& key);

}  // namespace dhcpair::omapi
