#pragma once

namespace dhcpair::host {

/// From now on SIGINT, SIGTERM and SIGHUP are remembered instead of ending the process, so that
/// temporary files are removed and child processes ended first. Called once, by main.
void CatchInterrupts();

/// The signal that asked this process to end, or 0.
int InterruptedBy();

/// The signal that asked this process to end, or 0; it is forgotten, so that what must be put in
/// order before the end may wait and run programs again. A second signal ends the process at once.
int TakeInterrupt();

/// Ends this process by the signal that was remembered, as the shell expects it (128 + n).
/// Returns when there was none.
void DieOfInterrupt();

}  // namespace dhcpair::host
