#include "lint_fix.h"

#include <fmt/core.h>

#include <filesystem>
#include <map>
#include <system_error>

#include "host/atomic_write.h"
#include "lint_options.h"
#include "text/unified_diff.h"

namespace dhcpair {
namespace {

// Two names of one file, for two changes of which the second would undo the first.
std::expected<void, std::string> RefuseTwoNames(const std::vector<text::ChangedFile>& files) {
  std::map<std::filesystem::path, std::string> names;
  for (const text::ChangedFile& file : files) {
    const std::string& name = file.before->name();
    std::error_code error;
    const auto [known, is_new] =
        names.try_emplace(std::filesystem::weakly_canonical(name, error), name);
    if (is_new) continue;
    return std::unexpected(
        fmt::format("'{}' and '{}' are the same file; mend them one by one", known->second, name));
  }
  return {};
}

}  // namespace

LintFixes CollectFixes(const std::vector<LintReport>& reports, const CommonOptions& options) {
  LintFixes fixes;
  text::FixSet set;
  for (const LintReport& report : reports) {
    const text::Diagnostics shown = Shown(report.diagnostics, options);
    for (const text::Diagnostic& diagnostic : shown.all()) {
      if (!diagnostic.fix) continue;
      if (set.Add(*diagnostic.fix)) {
        ++fixes.made;
      } else {
        fixes.left.push_back(diagnostic);
      }
    }
  }
  fixes.files = set.Apply();
  return fixes;
}

std::string DiffOf(const LintFixes& fixes, text::Color color) {
  std::string diffs;
  for (const text::ChangedFile& file : fixes.files) {
    const std::string& name = file.before->name();
    diffs += text::UnifiedDiff({name, file.before->contents(), name, file.after}, color);
  }
  return diffs;
}

std::expected<void, std::string> WriteFixed(const std::vector<text::ChangedFile>& files) {
  if (auto two_names = RefuseTwoNames(files); !two_names) return two_names;
  std::vector<host::PendingFile> pending;
  for (const text::ChangedFile& file : files) {
    if (file.before->name() == kStandardInputName) continue;
    auto written =
        host::PendingFile::WriteOver(file.before->name(), file.before->contents(), file.after);
    if (!written) {
      return std::unexpected(fmt::format("cannot change '{}': {}; all files are as they were",
                                         file.before->name(), written.error().reason));
    }
    pending.push_back(*std::move(written));
  }
  std::string changed;
  for (host::PendingFile& file : pending) {
    const std::string path = file.path();
    if (auto moved = std::move(file).Commit(host::WriteMode::kReplace); !moved) {
      return std::unexpected(fmt::format(
          "cannot change '{}': {}{}", path, moved.error().reason,
          changed.empty() ? "; all files are as they were" : "; already changed: " + changed));
    }
    changed += (changed.empty() ? "" : ", ") + path;
  }
  return {};
}

}  // namespace dhcpair
