#pragma once

#include <set>
#include <string>
#include <vector>

#include "common.h"
#include "exit_code.h"
#include "text/diagnostic.h"

namespace dhcpair {

/// One step of a check, and why it could not be done.
struct LintStep {
  std::string name;
  std::string skipped = {};  ///< Empty: it was done.
};

/// What one check of `lint` found.
struct LintReport {
  enum class Subject { kFile, kNodes, kPair };

  Subject subject;
  std::string path;  ///< As findings call it; of two nodes both.
  std::vector<LintStep> steps = {};
  text::Diagnostics diagnostics = {};
  /// Everything could be read: the rules saw all, and a fix cannot meet what nobody understood.
  bool is_complete = false;
};

/// The exit code of the worst of them.
ExitCode LintVerdict(const std::vector<LintReport>& reports);

/// Where results go: to standard error where standard output is for a file's contents.
enum class LintStream { kOut, kErr };

/// Prints them all in the format that was asked for.
void PrintLintReports(const std::vector<LintReport>& reports, const CommonOptions& options,
                      LintStream stream);

}  // namespace dhcpair
