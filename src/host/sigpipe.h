#pragma once

#include <csignal>

namespace dhcpair::host {

/// Keeps SIGPIPE from this thread for as long as it lives, so that writing to whoever is gone is an
/// error like any other. Others of the process, and what it starts later, do not notice. Children
/// that are started meanwhile by this thread inherit it.
class SigpipeBlocked {
 public:
  SigpipeBlocked();
  ~SigpipeBlocked();
  SigpipeBlocked(const SigpipeBlocked&) = delete;
  SigpipeBlocked& operator=(const SigpipeBlocked&) = delete;

 private:
  sigset_t before_;
  bool was_pending_;
};

}  // namespace dhcpair::host
