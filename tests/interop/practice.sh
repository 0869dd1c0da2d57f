#!/usr/bin/env bash
# A pair to practise on: two nodes with sshd and room for a dhcpd, in namespaces that end with this
# script. What stands on standard input is run by a shell on the host "admin", in a folder with
# pair.yaml and dhcpd.master; on a terminal it is yours to type. tools/practice calls it.
source "$(dirname "$0")/lib.sh"
source "$(dirname "$0")/crowd.sh"
source "$(dirname "$0")/remote_pair.sh"

build_remote_network >/dev/null
write_remote_master '192.168.13.32 192.168.13.47'
write_remote_pair
sed -i 's/^  host: root@192.168.13.6$/  host: primary/; s/^  host: root@192.168.13.7$/  host: secondary/' \
  "$admin/pair.yaml"
cat >"$admin/.shell" <<'SHELL'
PS1='admin$ '
SHELL
cd "$admin"
PATH=$(dirname "$DHCPAIR"):$PATH
if [[ -t 0 ]]; then
  echo "Two nodes, 'primary' and 'secondary', wait for a first push. 'exit' ends them."
  as_admin bash --rcfile "$admin/.shell" -i || true
else
  as_admin bash
fi
