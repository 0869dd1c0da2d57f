#pragma once

#include <span>

#include "conf/model.h"
#include "pair/pair.h"
#include "text/diagnostic.h"
#include "text/rule.h"

/// The rules that look at what was read, family by family: each row of the tables is one file of
/// rules, and a new one needs its row here and nothing else.
namespace dhcpair::lint {

/// A family: what checks it, and all the rules that it may find broken.
template <typename... Inputs>
struct Family {
  void (*check)(Inputs..., text::Diagnostics&);
  std::span<const text::Rule* const> (*rules)();
};

/// Looks at one dhcpd.conf with its includes; that of the partner is at hand where both nodes are
/// checked, and nullptr otherwise.
using FileFamily = Family<const conf::Model&, const conf::Model*>;
/// Looks at those of the primary and the secondary of one pair.
using NodesFamily = Family<const conf::Model&, const conf::Model&>;
/// Looks at what pair.yaml expects of a dhcpd.conf.
using PairFamily = Family<const pair::Pair&, const conf::Model&>;

std::span<const FileFamily> FileFamilies();
std::span<const NodesFamily> NodesFamilies();
std::span<const PairFamily> PairFamilies();

/// All families of one dhcpd.conf. What may only follow from an error in `read`, the findings of
/// reading it, is left out.
void CheckFile(const conf::Model& model, const conf::Model* partner, const text::Diagnostics& read,
               text::Diagnostics& diagnostics);
/// All families that compare two nodes.
void CheckBothNodes(const conf::Model& primary, const conf::Model& secondary,
                    text::Diagnostics& diagnostics);
/// All families that hold a dhcpd.conf against its pair.yaml.
void CheckAgainstPair(const pair::Pair& pair, const conf::Model& model,
                      text::Diagnostics& diagnostics);

}  // namespace dhcpair::lint
