#include "common.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "generate/rules.h"
#include "generate/template_set.h"

namespace dhcpair {

ExitCode Worse(ExitCode a, ExitCode b) {
  constexpr std::array kWorstFirst{
      ExitCode::kRolledBack, ExitCode::kRefused,    ExitCode::kUnreachable, ExitCode::kTimedOut,
      ExitCode::kBadInput,   ExitCode::kFallsShort, ExitCode::kDone};
  return *std::ranges::find_if(kWorstFirst, [&](ExitCode code) { return code == a || code == b; });
}

void AddCommonOptions(CLI::App& command, CommonOptions& options, Formats formats) {
  std::map<std::string, Format> format_names{{"text", Format::kText}, {"json", Format::kJson}};
  if (formats == Formats::kAll) {
    format_names.insert({{"sarif", Format::kSarif}, {"github", Format::kGithub}});
  }
  auto* const format = command.add_option("--format", options.format,
                                          formats == Formats::kAll
                                              ? "how results are written: text, json, sarif, github"
                                              : "how results are written: text, json");
  format->transform(CLI::Transformer(format_names, CLI::ignore_case).description(""))
      ->check(CLI::Validator(
          [format_names](std::string& given) {
            // The transformer before this one has turned a name into its number.
            for (const auto& [name, value] : format_names) {
              if (given == std::to_string(static_cast<int>(value))) return std::string();
            }
            std::string names;
            for (const auto& [name, value] : format_names)
              names += (names.empty() ? "" : ", ") + name;
            return "'" + given + "' is no format; it is one of " + names;
          },
          ""))
      ->type_name("FORMAT")
      ->option_text("FORMAT");
  command
      .add_flag_callback(
          "--json", [&options] { options.format = Format::kJson; }, "short for --format json")
      ->excludes(format);
  const std::map<std::string, ColorMode> color_names{
      {"auto", ColorMode::kAuto}, {"always", ColorMode::kAlways}, {"never", ColorMode::kNever}};
  command.add_option("--color", options.color, "auto, always or never (NO_COLOR is honoured)")
      ->transform(CLI::CheckedTransformer(color_names, CLI::ignore_case).description(""))
      ->option_text("WHEN");
  auto* const quiet = command.add_flag("-q,--quiet", options.quiet, "print problems only");
  command.add_flag("-v,--verbose", options.verbose, "print advice and details too")
      ->excludes(quiet);
}

void AddPairFiles(CLI::App& command, std::vector<std::string>& files) {
  files = {"pair.yaml"};
  command.add_option("PAIR", files, "pair files; pair.yaml where none is given")
      ->option_text("[PAIR...]");
}

text::Color ColorFor(const CommonOptions& options, int stream) {
  switch (options.color) {
    case ColorMode::kAlways:
      return text::Color::kAlways;
    case ColorMode::kNever:
      return text::Color::kNever;
    case ColorMode::kAuto:
      break;
  }
  const char* const no_color = std::getenv("NO_COLOR");
  const bool refused = no_color != nullptr && *no_color != '\0';
  return !refused && isatty(stream) == 1 ? text::Color::kAlways : text::Color::kNever;
}

text::Diagnostics Shown(const text::Diagnostics& diagnostics, const CommonOptions& options) {
  if (options.verbose) return diagnostics;
  text::Diagnostics shown;
  for (const text::Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.severity() != text::Severity::kAdvice) shown.Add(diagnostic);
  }
  return shown;
}

void PrintFindings(const text::Diagnostics& diagnostics, const CommonOptions& options) {
  PrintErr(RenderTerminal(Shown(diagnostics, options), ColorFor(options, STDERR_FILENO)));
}

void PrintOut(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

void PrintErr(std::string_view text) {
  // What went to standard output came first.
  std::fflush(stdout);
  std::fwrite(text.data(), 1, text.size(), stderr);
}

std::optional<GeneratedPair> GenerateBoth(const pair::Pair& pair,
                                          const std::string& templates_folder,
                                          text::SourceLoader& loader,
                                          text::Diagnostics& diagnostics) {
  // Without this check a slip of the pen would silently bring our own templates.
  if (!templates_folder.empty() && !loader.IsFolder(templates_folder)) {
    diagnostics.Add(
        {&generate::rules::kUnreadable,
         text::WholeFile(std::make_shared<const text::SourceFile>(templates_folder, "")),
         "there is no such folder of templates"});
    return std::nullopt;
  }
  const std::string folder =
      templates_folder.empty() ? pair.templates.value_or("") : templates_folder;
  const generate::TemplateSet templates =
      folder.empty() ? generate::TemplateSet(loader) : generate::TemplateSet(loader, folder);
  auto primary = GenerateNode(pair, pair::Role::kPrimary, templates, diagnostics);
  auto secondary = GenerateNode(pair, pair::Role::kSecondary, templates, diagnostics);
  // Both nodes read the same templates, and one finding is enough.
  diagnostics.Fold();
  if (!primary || !secondary) return std::nullopt;
  return GeneratedPair{*std::move(primary), *std::move(secondary)};
}

nlohmann::ordered_json FindingsJson(const text::Diagnostics& diagnostics) {
  auto findings = nlohmann::ordered_json::array();
  for (const text::Diagnostic& diagnostic : diagnostics.all()) {
    findings.push_back(ToJson(diagnostic));
  }
  return findings;
}

}  // namespace dhcpair
