#pragma once

#include <cstddef>

/// What is read of files that come from anywhere; beyond that there is a finding.
namespace dhcpair::conf {

/// The longest file that is read.
inline constexpr std::size_t kFileBytesMax = 64 << 20;
/// How deep files may include each other.
inline constexpr std::size_t kIncludeDepthMax = 32;
/// How many files are included in all, one that is included twice counted twice, and how long they
/// may be together.
inline constexpr std::size_t kIncludesMax = 10'000;
inline constexpr std::size_t kAllBytesMax = 256 << 20;
/// How deep blocks may lie in each other.
inline constexpr std::size_t kBlockDepthMax = 200;
/// How many elsif may stand in a row, those around a block and those in it together.
inline constexpr std::size_t kElsifMax = 5000;
/// How many mistakes of one file are reported.
inline constexpr std::size_t kMistakesMax = 10'000;
/// How deep expressions may lie in each other.
inline constexpr std::size_t kExpressionDepthMax = 500;

}  // namespace dhcpair::conf
