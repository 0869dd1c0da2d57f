#pragma once

#include <expected>
#include <string>
#include <vector>

#include "common.h"
#include "lint_report.h"
#include "text/diagnostic.h"
#include "text/fix.h"

namespace dhcpair {

/// The fixes of what is shown of some reports.
struct LintFixes {
  std::vector<text::ChangedFile> files;
  std::size_t made = 0;
  std::vector<text::Diagnostic> left;  ///< They touch what an earlier one changes.
};

/// Puts together the fixes that can be made in one go.
LintFixes CollectFixes(const std::vector<LintReport>& reports, const CommonOptions& options);

/// What they change, as diffs.
std::string DiffOf(const LintFixes& fixes, text::Color color);

/// Writes the files, each whole or not at all, and all before the first is moved into place. Fails
/// with a sentence.
std::expected<void, std::string> WriteFixed(const std::vector<text::ChangedFile>& files);

}  // namespace dhcpair
