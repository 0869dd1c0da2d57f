#!/usr/bin/env bash
# The primary dies with kill -9: the secondary serves everybody, and no address is given
# twice, not when it returns either.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/loss.sh"

survive_loss_of primary
