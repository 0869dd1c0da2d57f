#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/child.h"

namespace dhcpair::host {

/// A child that runs beside us for as long as this object lives: it is asked to end, then killed.
class LiveChild {
 public:
  /// Null when the program does not start.
  [[nodiscard]] static std::unique_ptr<LiveChild> Start(const std::vector<std::string>& argv);
  ~LiveChild();
  LiveChild(const LiveChild&) = delete;
  LiveChild& operator=(const LiveChild&) = delete;

  /// To be written as the child takes it, while Exchange is called.
  void Say(std::string_view bytes) { unsaid_ += bytes; }
  bool has_said_all() const { return unsaid_.empty(); }
  /// It still takes what it is told.
  bool is_listening() const { return child_.in.is_open(); }
  /// Writes and reads what can be, and waits up to `wait_ms` for something to.
  void Exchange(int wait_ms);

  /// What it said since this was last taken.
  [[nodiscard]] std::string TakeOutput();
  const std::string& output() const { return out_; }
  /// Its complaints, of which the beginning is kept.
  const std::string& complaints() const { return err_; }
  /// It has closed its output: it says nothing more, and has most likely ended.
  bool is_silent() const { return !child_.out.is_open(); }

 private:
  explicit LiveChild(Child child) : child_(std::move(child)) {}

  Child child_;
  std::string unsaid_;
  std::string out_;
  std::string err_;
};

}  // namespace dhcpair::host
