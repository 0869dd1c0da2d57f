#include "conf/conf.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "conf/declarations.h"
#include "conf/rules.h"

namespace dhcpair::conf {
namespace {

class Checker {
 public:
  Checker(text::SourceLoader& loader, text::Diagnostics& diagnostics)
      : loader_(loader), diagnostics_(diagnostics) {}

  void Run(const text::SourcePtr& source) {
    // What dhcpd finds when it has read all, it finds only in what it could read.
    if (Read(source, {})) CheckWhole();
  }

 private:
  bool Read(const text::SourcePtr& source, const Place& place) {
    open_.push_back(source->name());
    Parse parse(source, names_, diagnostics_);
    ParseFile(parse, place, [this](Parse& includer, const Token& path, const Place& at) {
      return Include(includer, path, at);
    });
    open_.pop_back();
    return parse.errors() == 0 && !has_bad_include_;
  }

  bool Include(Parse& includer, const Token& token, const Place& place) {
    const std::string path = includer.Value(token);
    if (std::ranges::find(open_, path) != open_.end()) {
      return includer.Fail(rules::kIncludeLoop, token, "this file includes itself");
    }
    if (open_.size() >= kIncludeDepthMax) {
      return includer.Fail(
          rules::kIncludeLoop, token,
          fmt::format("files include each other more than {} deep here", kIncludeDepthMax));
    }
    const auto source = loader_.Load(path, kFileBytesMax);
    if (!source) {
      return includer.Fail(rules::kMissingInclude, token,
                           fmt::format("cannot read '{}': {}", path, Describe(source.error())));
    }
    const bool ok = Read(*source, place);
    has_bad_include_ = has_bad_include_ || !ok;
    return ok;
  }

  // dhcpd says these without a line.
  void CheckWhole() {
    for (const auto& [name, peer] : names_.peers) {
      if (peer.pools > 0) continue;
      Report(rules::kPeerWithoutPool, peer.declared_at,
             fmt::format("no pool names the failover peer '{}': put 'failover peer \"{}\";' into "
                         "the pools that both nodes serve",
                         name, name));
    }
    if (names_.ad_hoc) {
      Report(rules::kAdHoc, *names_.ad_hoc, "ad-hoc is gone; take standard, interim or none");
    }
    if (names_.omapi_key && !names_.keys.contains(names_.omapi_key_name)) {
      Report(rules::kUnknownKey, *names_.omapi_key,
             fmt::format("there is no key '{}'", names_.omapi_key_name));
    }
  }

  void Report(const text::Rule& rule, text::Location at, std::string message) {
    diagnostics_.Add({&rule, std::move(at), std::move(message)});
  }

  text::SourceLoader& loader_;
  text::Diagnostics& diagnostics_;
  Names names_;
  std::vector<std::string> open_;
  bool has_bad_include_ = false;
};

}  // namespace

bool Check(text::SourceLoader& loader, const std::string& path, text::Diagnostics& diagnostics) {
  const auto source = loader.Load(path, kFileBytesMax);
  if (!source) {
    diagnostics.Add({&rules::kUnreadable,
                     text::WholeFile(std::make_shared<const text::SourceFile>(path, "")),
                     fmt::format("cannot read this dhcpd.conf: {}", Describe(source.error()))});
    return false;
  }
  Check(loader, *source, diagnostics);
  return true;
}

void Check(text::SourceLoader& loader, const text::SourcePtr& source,
           text::Diagnostics& diagnostics) {
  Checker(loader, diagnostics).Run(source);
}

}  // namespace dhcpair::conf
