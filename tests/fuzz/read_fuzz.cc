// Any bytes are read into a Model, and come back from their tree.
#include <cstddef>
#include <cstdint>

#include "conf/conf.h"
#include "conf_text.h"

namespace dhcpair::fuzz {
namespace {

void RequireWellFormed(const conf::SyntaxTree& tree) {
  Require(!tree.nodes.empty() && tree.nodes[0].size == tree.nodes.size());
  for (std::size_t node = 0; node < tree.nodes.size(); ++node) {
    std::size_t from = tree.nodes[node].begin;
    for (const std::size_t child : tree.ChildrenOf(node)) {
      Require(from <= tree.nodes[child].begin && tree.nodes[child].end <= tree.nodes[node].end);
      from = tree.nodes[child].end;
    }
  }
  Require(Print(tree) == tree.source->contents());
  for (const text::Span comment : Comments(tree)) Require(tree.Text(comment).starts_with('#'));
}

void RequireExpressions(const conf::Model& model, const std::vector<conf::Statement>& statements) {
  for (const conf::Statement& statement : statements) {
    Require(statement.origin.end <= model.files[statement.origin.file].source->contents().size());
    if (statement.value != conf::ExpressionId::kNone) {
      Require(!Print(model.expressions, statement.value).empty());
    }
    if (statement.branches == nullptr) continue;
    RequireExpressions(model, statement.branches->body);
    RequireExpressions(model, statement.branches->otherwise);
  }
}

}  // namespace
}  // namespace dhcpair::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dhcpair;
  const text::SourcePtr source = fuzz::SourceOf(data, size);
  fuzz::Includes includes(source->contents());
  text::Diagnostics diagnostics;
  const conf::Model model = conf::Read(includes, source, diagnostics);
  fuzz::Require(model.has_errors == diagnostics.has_errors());
  for (const conf::SyntaxTree& tree : model.files) fuzz::RequireWellFormed(tree);
  for (const conf::Scope& scope : model.scopes) {
    fuzz::RequireExpressions(model, scope.statements);
  }
  return 0;
}
