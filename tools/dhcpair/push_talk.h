#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "common.h"
#include "pair/pair.h"
#include "sync/push.h"
#include "sync/push_talk.h"
#include "sync/waiting.h"

namespace dhcpair {

/// How a push speaks to the person at the terminal, and what it remembers for JSON.
class TerminalTalk : public sync::PushTalk {
 public:
  struct Settings {
    const CommonOptions& common;
    std::string label = {};  ///< Before each line; empty for a single pair.
    bool yes = false;
    bool lints = false;  ///< What is pushed is what lies here.
  };

  TerminalTalk(const Settings& settings, const pair::Pair& pair, sync::Waiting& waiting)
      : settings_(settings), pair_(pair), waiting_(waiting) {}

  void Progress(sync::Step step, const std::string& text) override;
  void Warn(const std::string& text) override;
  std::optional<std::string> Objection() override;
  void Show(const sync::PushPlan& plan) override;
  bool Agree(const sync::PushPlan& plan) override;

  /// Ends the last step. What is not asked again.
  void End();

  /// How it ended and why, on standard error: what was not said before.
  void Conclude(const sync::PushResult& result) const;

  /// A line on standard error, unless --quiet or JSON.
  void Say(const std::string& line) const;

  const nlohmann::ordered_json& plan_json() const { return plan_; }
  const nlohmann::ordered_json& steps_json() const { return steps_; }
  const std::vector<std::string>& warnings() const { return warnings_; }
  /// Why the operator was not asked; empty where they were.
  const std::string& why_not_asked() const { return why_not_asked_; }

 private:
  Settings settings_;
  const pair::Pair& pair_;
  sync::Waiting& waiting_;
  std::optional<sync::Step> step_;
  std::chrono::milliseconds step_began_{0};
  nlohmann::ordered_json plan_ = {};
  nlohmann::ordered_json steps_ = nlohmann::ordered_json::array();
  std::vector<std::string> warnings_;
  std::vector<std::string> refusals_;
  std::string why_not_asked_;
};

}  // namespace dhcpair
