#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ipv4_address.h"
#include "pair/section.h"
#include "pair/values.h"

/// Fields into values. Each of these reports what is wrong with the field and then returns nothing;
/// it returns nothing silently when `field` is nullptr, the key being absent.
namespace dhcpair::pair {

std::optional<int> ReadInteger(const Field* field, Reporter& reporter);
std::optional<Seconds> ReadSeconds(const Field* field, Reporter& reporter);
std::optional<base::Ipv4Address> ReadAddress(const Field* field, Reporter& reporter);
std::optional<PeerName> ReadName(const Field* field, Reporter& reporter);
/// The name of a TSIG-like key: a letter, then letters, digits and . _ -
std::optional<std::string> ReadKeyName(const Field* field, Reporter& reporter);
std::optional<std::string> ReadHost(const Field* field, Reporter& reporter);
std::optional<Hba> ReadHba(const Field* field, Reporter& reporter);
std::optional<NodePath> ReadNodePath(const Field* field, Reporter& reporter);
std::optional<std::vector<NodePath>> ReadNodePaths(const Field* field, Reporter& reporter);
/// A path here, made relative to the folder of the pair file.
std::optional<std::string> ReadLocalPath(const Field* field, Reporter& reporter);
std::optional<int> ReadMode(const Field* field, Reporter& reporter);
/// Raw lines, each ended by a newline.
std::optional<std::string> ReadLines(const Field* field, Reporter& reporter);
/// A line for a shell: not empty, without control characters.
std::optional<std::string> ReadCommand(const Field* field, Reporter& reporter);
/// A word without blanks and control characters, not starting with a dash.
std::optional<std::string> ReadWord(const Field* field, Reporter& reporter);
/// One of Choices(*field->key).
std::optional<std::string_view> ReadChoice(const Field* field, Reporter& reporter);
std::optional<std::vector<std::string>> ReadInterfaces(const Field* field, Reporter& reporter);

}  // namespace dhcpair::pair
