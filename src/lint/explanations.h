#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace dhcpair::lint {

/// A file of an example.
struct ExampleFile {
  std::string_view name;  ///< A path below the folder of the example: "dhcpd.conf".
  std::string_view text;
};

/// What there is to say about one rule, with an example that triggers it and its mended form. All
/// texts are views of the text that they were parsed from.
struct Explanation {
  std::string_view id;                  ///< Of the rule.
  std::string_view meaning = {};        ///< Paragraphs with an empty line between them.
  std::string_view dhcpd = {};          ///< What dhcpd does with it; paragraphs.
  std::string_view fix = {};            ///< What to do; one paragraph.
  std::vector<ExampleFile> base = {};   ///< What both forms need besides, and nobody has to see.
  std::vector<ExampleFile> wrong = {};  ///< What triggers the rule.
  std::vector<ExampleFile> right = {};  ///< What takes the place of wrong files, or comes to them.
  /// For sh, in the folder of the example with its files: for what is no text, such as a folder.
  std::string_view wrong_commands = {};
  std::string_view right_commands = {};
  std::string_view command = {};          ///< Of dhcpair, that finds it: "lint".
  std::string_view arguments = {};        ///< Of that command on the example.
  std::string_view right_arguments = {};  ///< On its mended form, where they are others.
};

/// Reads the explanations of one text:
///
///     # A comment, before the first rule.
///     --- base NAME      before the first rule: a file of every example that has a pair.yaml
///     === RULE-ID
///     its meaning
///     --- dhcpd
///     --- base NAME      any number of each kind of file; "wrong sh" and "right sh" are commands
///     --- wrong NAME
///     --- right NAME
///     --- fix
///     --- command NAME
///     --- args ARGUMENTS
///     --- right-args ARGUMENTS
///
/// Without `command` it is lint, and without `args` these are what fits the files: pair.yaml,
/// --pair primary.conf secondary.conf, or dhcpd.conf. Fails with the line and what is wrong there.
std::expected<std::vector<Explanation>, std::string> ParseExplanations(std::string_view text);

/// The explanations of all rules that the program has.
std::vector<Explanation> Explanations();

}  // namespace dhcpair::lint
