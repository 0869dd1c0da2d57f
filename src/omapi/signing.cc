#include "omapi/signing.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <utility>

namespace dhcpair::omapi {
namespace {

// The authid goes unsigned.
constexpr std::size_t kSignedFrom = 4;

const unsigned char* Unsigned(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

// EVP_DecodeBlock takes blanks and counts padding as zero bytes, so both are dealt with here.
std::optional<std::string> DecodeBase64(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.empty() || text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  const std::string_view digits = text.substr(0, text.size() - padding);
  if (digits.find_first_not_of(kAlphabet) != digits.npos) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int decoded = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                      Unsigned(text), static_cast<int>(text.size()));
  if (decoded < 0) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(decoded) - padding);
  return bytes;
}

}  // namespace

std::optional<Key> Key::Make(std::string_view name, Algorithm algorithm,
                             std::string_view base64_secret) {
  if (name.empty() || name.size() > kNameBytesMax) return std::nullopt;
  if (base64_secret.size() > (kSecretBytesMax + 2) / 3 * 4) return std::nullopt;
  auto secret = DecodeBase64(base64_secret);
  if (!secret || secret->empty() || secret->size() > kSecretBytesMax) return std::nullopt;
  return Key(name, algorithm, *std::move(secret));
}

std::optional<std::string> Key::Sign(std::string_view bytes) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  const EVP_MD* const kind = EVP_get_digestbyname(std::string(algorithm().digest).c_str());
  if (kind == nullptr ||
      HMAC(kind, secret_.data(), static_cast<int>(secret_.size()), Unsigned(bytes), bytes.size(),
           digest.data(), &size) == nullptr ||
      size != algorithm().digest_bytes) {
    return std::nullopt;
  }
  return std::string(digest.begin(), digest.begin() + size);
}

std::optional<std::string> EncodeSigned(Message message, const Key& key, std::uint32_t authid) {
  const std::size_t digest_bytes = key.algorithm().digest_bytes;
  message.authid = authid;
  // Its length is among what is signed.
  message.signature.assign(digest_bytes, '\0');
  std::string wire = Encode(message);
  wire.resize(wire.size() - digest_bytes);
  const auto signature = key.Sign(std::string_view(wire).substr(kSignedFrom));
  if (!signature) return std::nullopt;
  return wire + *signature;
}

bool HasGoodSignature(std::string_view wire, const Key& key) {
  const std::size_t digest_bytes = key.algorithm().digest_bytes;
  if (wire.size() < kHeaderBytes + digest_bytes) return false;
  const std::size_t signed_to = wire.size() - digest_bytes;
  const auto expected = key.Sign(wire.substr(kSignedFrom, signed_to - kSignedFrom));
  return expected &&
         CRYPTO_memcmp(expected->data(), wire.substr(signed_to).data(), digest_bytes) == 0;
}

}  // namespace dhcpair::omapi
