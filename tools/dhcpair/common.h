#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "exit_code.h"
#include "generate/node_files.h"
#include "pair/pair.h"
#include "text/diagnostic.h"
#include "text/render.h"

namespace CLI {
class App;
}

namespace dhcpair {

enum class Format { kText, kJson, kSarif, kGithub };
enum class ColorMode { kAuto, kAlways, kNever };

/// The options that every command has.
struct CommonOptions {
  Format format = Format::kText;
  ColorMode color = ColorMode::kAuto;
  bool quiet = false;
  bool verbose = false;
};

enum class Formats { kTextAndJson, kAll };

/// Adds --quiet, --verbose, --color, --json and --format to a command.
void AddCommonOptions(CLI::App& command, CommonOptions& options, Formats formats);

/// Adds the pair files of a command, by default pair.yaml.
void AddPairFiles(CLI::App& command, std::vector<std::string>& files);

/// Whether to colour what goes to this stream (STDOUT_FILENO or STDERR_FILENO): as --color says,
/// and by itself only on a terminal and without NO_COLOR.
text::Color ColorFor(const CommonOptions& options, int stream);

/// Findings go to standard error, as text; advice only with --verbose.
void PrintFindings(const text::Diagnostics& diagnostics, const CommonOptions& options);

/// The findings without advice, unless it was asked for.
text::Diagnostics Shown(const text::Diagnostics& diagnostics, const CommonOptions& options);

/// Standard output, for results; standard error, for everything else.
void PrintOut(std::string_view text);
void PrintErr(std::string_view text);

/// Both nodes' files of one pair; reports what is wrong with its templates. `templates_folder`
/// overrides the pair's own `templates:`.
struct GeneratedPair {
  std::vector<generate::NodeFile> primary;
  std::vector<generate::NodeFile> secondary;

  const std::vector<generate::NodeFile>& files(pair::Role role) const {
    return role == pair::Role::kPrimary ? primary : secondary;
  }
};
std::optional<GeneratedPair> GenerateBoth(const pair::Pair& pair,
                                          const std::string& templates_folder,
                                          text::SourceLoader& loader,
                                          text::Diagnostics& diagnostics);

/// The JSON of a list of findings.
nlohmann::ordered_json FindingsJson(const text::Diagnostics& diagnostics);

}  // namespace dhcpair
