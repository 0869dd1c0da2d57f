#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "common.h"
#include "host/file_loader.h"
#include "node_folder.h"
#include "pair/load.h"
#include "text/table.h"
#include "version.h"

namespace dhcpair {
namespace {

using pair::Role;
using Json = nlohmann::ordered_json;

struct Options {
  CommonOptions common;
  std::vector<std::string> files;
  std::string out = "out";
  std::string templates;
  bool to_stdout = false;
  std::string node;
  std::string file = std::string(generate::kConfName);
  bool force = false;
  bool dry_run = false;
};

// One pair on its way to its folders.
struct Work {
  std::string folder;
  pair::Pair pair;
  GeneratedPair generated;
  std::map<Role, std::vector<FilePlan>> plans = {};
};

std::string_view Name(FileFate fate, bool dry_run) {
  switch (fate) {
    case FileFate::kWrite:
      return dry_run ? "would write" : "written";
    case FileFate::kUnchanged:
      return "unchanged";
    case FileFate::kRemove:
      return dry_run ? "would remove" : "removed";
    case FileFate::kEdited:
    case FileFate::kForeign:
      return dry_run ? "would replace" : "replaced";
  }
  return "";
}

// What a pair file is called where several are generated at once: its own name, or its folder's
// when it is called pair.yaml like all the others.
std::string LabelOf(const std::string& path) {
  const auto full = std::filesystem::absolute(path).lexically_normal();
  const std::string stem = full.stem().string();
  return stem == "pair" ? full.parent_path().filename().string() : stem;
}

class GenerateCommand {
 public:
  explicit GenerateCommand(const Options& options) : options_(options) {}

  ExitCode Run() {
    if (options_.to_stdout && options_.node.empty()) {
      PrintErr(
          "dhcpair: --stdout prints one node's file; say --node primary or --node secondary\n");
      return ExitCode::kBadInput;
    }
    const ExitCode prepared = Prepare();
    if (prepared != ExitCode::kDone) {
      if (options_.common.format == Format::kJson) PrintResults();
      return prepared;
    }
    if (options_.to_stdout) return PrintFile();
    const ExitCode planned = Plan();
    if (planned != ExitCode::kDone) return planned;
    return Write();
  }

 private:
  // Reads, checks and generates all pairs before the first file is written.
  ExitCode Prepare() {
    std::vector<pair::Pair> pairs;
    for (const std::string& path : options_.files) {
      text::Diagnostics found;
      if (auto pair = pair::Load(loader_, path, found)) pairs.push_back(*std::move(pair));
      diagnostics_.Append(found);
    }
    CheckAcrossPairs(pairs, diagnostics_);
    for (pair::Pair& pair : pairs) {
      text::Diagnostics found;
      auto generated = GenerateBoth(pair, options_.templates, loader_, found);
      diagnostics_.Append(found);
      if (!generated) continue;
      std::string folder = options_.out;
      if (options_.files.size() > 1) folder += "/" + LabelOf(pair.source->name());
      work_.push_back({std::move(folder), std::move(pair), *std::move(generated)});
    }
    diagnostics_.Fold();
    if (options_.common.format != Format::kJson) PrintFindings(diagnostics_, options_.common);
    return diagnostics_.has_errors() ? ExitCode::kBadInput : ExitCode::kDone;
  }

  ExitCode PrintFile() {
    if (work_.size() != 1) {
      PrintErr("dhcpair: --stdout takes one pair file\n");
      return ExitCode::kBadInput;
    }
    const Role role = options_.node == "primary" ? Role::kPrimary : Role::kSecondary;
    const auto& files = work_.front().generated.files(role);
    const auto found = std::ranges::find(files, options_.file, &generate::NodeFile::name);
    if (found != files.end()) {
      PrintOut(found->contents);
      return ExitCode::kDone;
    }
    std::string names;
    for (const auto& file : files) names += (names.empty() ? "" : ", ") + file.name;
    PrintErr(fmt::format("dhcpair: the {} has no file '{}'; it has {}\n", options_.node,
                         options_.file, names));
    return ExitCode::kBadInput;
  }

  // Decides for every file before the first is written, so that a refusal leaves all as it was.
  ExitCode Plan() {
    std::map<std::string, std::string> folders;
    for (Work& work : work_) {
      const std::string& source = work.pair.source->name();
      const auto [known, is_new] = folders.try_emplace(work.folder, source);
      if (!is_new) {
        PrintErr(
            fmt::format("dhcpair: '{}' and '{}' would both go to '{}'; generate them one by "
                        "one, each with its own -o\n",
                        known->second, source, work.folder));
        return ExitCode::kBadInput;
      }
      for (const Role role : {Role::kPrimary, Role::kSecondary}) {
        work.plans[role] = PlanNodeFolder(FolderOf(work, role), work.generated.files(role));
      }
    }
    return options_.force ? ExitCode::kDone : RefuseForeign();
  }

  ExitCode RefuseForeign() {
    ExitCode code = ExitCode::kDone;
    for (const Work& work : work_) {
      for (const auto& [role, plans] : work.plans) {
        for (const FilePlan& plan : plans) {
          if (plan.fate != FileFate::kEdited && plan.fate != FileFate::kForeign) continue;
          PrintErr(fmt::format(
              "dhcpair: '{}' {}; nothing was written (--force replaces it)\n", plan.path,
              plan.fate == FileFate::kEdited ? "was changed by hand since dhcpair wrote it"
                                             : "was not written by dhcpair"));
          code = ExitCode::kRefused;
        }
      }
    }
    return code;
  }

  ExitCode Write() {
    if (!options_.dry_run) {
      if (const auto written = WriteAll(); !written) {
        PrintErr(fmt::format("dhcpair: {}\n", written.error()));
        return ExitCode::kRefused;
      }
    }
    PrintResults();
    return ExitCode::kDone;
  }

  // Both nodes' files are on disk before the first is moved into place: nodes that differ in more
  // than they should are what this tool is to prevent.
  std::expected<void, std::string> WriteAll() {
    std::vector<std::pair<const std::vector<FilePlan>*, std::vector<host::PendingFile>>> staged;
    for (const Work& work : work_) {
      for (const auto& [role, plans] : work.plans) {
        auto pending = StageNodeFolder(FolderOf(work, role), plans);
        if (!pending) {
          return std::unexpected(pending.error() + "; all files are as they were");
        }
        staged.emplace_back(&plans, *std::move(pending));
      }
    }
    for (auto& [plans, pending] : staged) {
      if (auto moved = CommitNodeFolder(std::move(pending), *plans); !moved) return moved;
    }
    return {};
  }

  static std::string FolderOf(const Work& work, Role role) {
    return fmt::format("{}/{}", work.folder, Name(role));
  }

  void PrintResults() const {
    if (options_.common.format == Format::kJson) {
      PrintOut(text::PrintJsonEnvelope("generate", kVersion, ResultsJson()));
      return;
    }
    if (options_.common.quiet) return;
    std::vector<std::vector<std::string>> rows;
    ForEachFile([&](const Work& work, Role role, const FilePlan& plan) {
      std::vector<std::string> row{plan.path, std::string(Name(plan.fate, options_.dry_run))};
      if (plan.file != nullptr) {
        row.push_back(fmt::format("{} {} on {}", plan.file->is_fragment ? "goes into" : "becomes",
                                  plan.file->belongs_in, work.pair.node(role).host));
      }
      rows.push_back(std::move(row));
    });
    PrintOut(text::FormatTable(rows));
  }

  template <typename Visitor>
  void ForEachFile(Visitor visit) const {
    for (const Work& work : work_) {
      for (const auto& [role, plans] : work.plans) {
        for (const FilePlan& plan : plans) visit(work, role, plan);
      }
    }
  }

  Json ResultsJson() const {
    Json files = Json::array();
    ForEachFile([&](const Work& work, Role role, const FilePlan& plan) {
      Json file;
      file["pair"] = work.pair.source->name();
      file["node"] = pair::Name(role);
      file["path"] = plan.path;
      file["fate"] = Name(plan.fate, options_.dry_run);
      if (plan.file != nullptr) {
        file["belongs_in"] = plan.file->belongs_in;
        file["is_fragment"] = plan.file->is_fragment;
        file["mode"] = fmt::format("{:04o}", plan.file->mode);
      }
      files.push_back(std::move(file));
    });
    return {{"files", std::move(files)},
            {"findings", FindingsJson(Shown(diagnostics_, options_.common))}};
  }

  const Options& options_;
  host::FileLoader loader_;
  text::Diagnostics diagnostics_;
  std::vector<Work> work_;
};

}  // namespace

void AddGenerate(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<Options>();
  CLI::App& command = *app.add_subcommand(
      "generate", "writes each node's files: dhcpd.conf and the pieces of its boot files");
  AddPairFiles(command, options->files);
  command
      .add_option("-o,--out", options->out,
                  "folder for primary/ and secondary/ (default: out); of several pairs each "
                  "gets a folder of its own in it")
      ->option_text("DIR");
  command
      .add_option("--templates", options->templates,
                  "folder whose templates replace ours one by one")
      ->option_text("DIR");
  auto* const to_stdout =
      command.add_flag("--stdout", options->to_stdout, "print one file instead of writing all");
  command.add_option("--node", options->node, "with --stdout: primary or secondary")
      ->check(CLI::IsMember({"primary", "secondary"}))
      ->option_text("NODE")
      ->needs(to_stdout);
  command.add_option("--file", options->file, "with --stdout: which file (default: dhcpd.conf)")
      ->option_text("NAME")
      ->needs(to_stdout);
  command.add_flag("--force", options->force, "replace files that dhcpair did not write");
  command.add_flag("--dry-run", options->dry_run, "say what would be written, write nothing");
  AddCommonOptions(command, options->common, Formats::kTextAndJson);
  command.callback([options, &exit_code] { exit_code = GenerateCommand(*options).Run(); });
}

}  // namespace dhcpair
