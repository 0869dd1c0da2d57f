// Every way in which a pair file can be wrong, with the words that a person gets to read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "pair/load.h"
#include "pair/rules.h"
#include "pair/section.h"
#include "support/map_loader.h"
#include "support/named.h"
#include "text/render.h"

namespace dhcpair::pair {
namespace {

using text::LoadError;

test::MapLoader LoaderWith(const std::string& yaml) {
  test::MapLoader loader;
  loader.Put("pair.yaml", yaml);
  loader.Put("dhcpd.master", "# shared\n");
  loader.Put("good.secret", "c2VjcmV0\n");
  loader.Put("bad.secret", "not base64!\n");
  loader.Put("long.secret", std::string(5000, 'A'));
  loader.Fail("mine", LoadError::kIsDirectory);
  loader.Fail("locked.master", LoadError::kNotPermitted);
  return loader;
}

text::Diagnostics Check(const std::string& yaml) {
  test::MapLoader loader = LoaderWith(yaml);
  text::Diagnostics found;
  Load(loader, "pair.yaml", found);
  return found;
}

// The findings without the lines that quote the file.
std::string Heads(const text::Diagnostics& diagnostics) {
  std::istringstream lines(RenderTerminal(diagnostics, text::Color::kNever));
  std::string heads;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(' ')) heads += line + "\n";
  }
  return heads;
}

constexpr char kNodes[] =
    "primary: {address: 10.0.0.1}\n"
    "secondary: {address: 10.0.0.2}\n";

struct BadRow {
  std::string name;
  std::string yaml;
  std::string findings;
};

// A pair file that is right but for the lines given, which start at line 4.
BadRow With(std::string name, const std::string& lines, std::string findings) {
  return {std::move(name), "pair: p\n" + std::string(kNodes) + lines, std::move(findings)};
}

class BadInput : public testing::TestWithParam<BadRow> {};

TEST_P(BadInput, IsReportedInTheseWords) {
  const text::Diagnostics found = Check(GetParam().yaml);
  EXPECT_EQ(Heads(found), GetParam().findings);
}

std::vector<BadRow> TextRows() {
  return {
      BadRow{"Empty", "",
             "pair.yaml: error: the file says nothing; `dhcpair init` writes one to start from "
             "[pair-empty]\n"},
      BadRow{"OnlyAComment", "# to be written\n",
             "pair.yaml: error: the file says nothing; `dhcpair init` writes one to start from "
             "[pair-empty]\n"},
      BadRow{"NotUtf8", "pair: caf\xe9\n",
             "pair.yaml:1:10: error: byte 0xe9 does not belong in UTF-8 text; save the file as "
             "UTF-8 [pair-not-utf8]\n"},
      BadRow{"NulByte", std::string("pair: p\0\n", 9),
             "pair.yaml:1:8: error: byte 0x00 does not belong in UTF-8 text; save the file as "
             "UTF-8 [pair-not-utf8]\n"},
      BadRow{"AWord", "dhcp-failover\n",
             "pair.yaml:1:1: error: a pair file is a mapping that starts with 'pair: NAME', not "
             "a single value [pair-wrong-type]\n"},
      BadRow{"AList", "- pair\n",
             "pair.yaml:1:1: error: a pair file is a mapping that starts with 'pair: NAME', not "
             "a list [pair-wrong-type]\n"},
      BadRow{"TabIndent", "pair: p\nprimary:\n\taddress: 10.0.0.1\n",
             "pair.yaml:3:1: error: not valid YAML: a tab cannot indent YAML; use blanks "
             "[pair-not-yaml]\n"},
      BadRow{"UnclosedBracket", "pair: p\ninterfaces: [em0\n",
             "pair.yaml:2:18: error: not valid YAML: a bracket that was opened is not closed "
             "[pair-not-yaml]\n"},
      BadRow{"UnclosedBrace", "primary: {address: 10.0.0.1\n",
             "pair.yaml:1:29: error: not valid YAML: a bracket that was opened is not closed "
             "[pair-not-yaml]\n"},
      BadRow{"TwoColons", "pair: a: b\n",
             "pair.yaml:1:8: error: not valid YAML: a colon stands where no key can be; check "
             "the indentation, or put the text in quotes [pair-not-yaml]\n"},
      BadRow{"WordAmongKeys", "pair: p\nprimary\nsecondary: {}\n",
             "pair.yaml:3:10: error: not valid YAML: a colon stands where no key can be; check "
             "the indentation, or put the text in quotes [pair-not-yaml]\n"},
      BadRow{"SecondDocument", "pair: p\n" + std::string(kNodes) + "---\npair: q\n",
             "pair.yaml:4:1: error: a second YAML document starts here; write one file for each "
             "pair [pair-many-documents]\n"},
      BadRow{"RecursiveAlias", "pair: p\n" + std::string(kNodes) + "interfaces: &i [*i]\n",
             "pair.yaml:4:17: error: '*i' is a YAML alias; write the value itself (what both "
             "nodes share stands at the top) [pair-yaml-alias]\n"
             "pair.yaml:4:17: error: 'interfaces' takes a list of words such as [em0, em1], not "
             "nothing [pair-wrong-type]\n"},
      BadRow{"AliasForANode", "pair: p\nprimary: &n {address: 10.0.0.1}\nsecondary: *n\n",
             "pair.yaml:3:12: error: '*n' is a YAML alias; write the value itself (what both "
             "nodes share stands at the top) [pair-yaml-alias]\n"},
      BadRow{"Tag", "pair: !!str p\n" + std::string(kNodes),
             "pair.yaml:1:7: error: '!!str' is a YAML tag; write the plain value "
             "[pair-yaml-tag]\n"}};
}

std::vector<BadRow> KeysRows() {
  return {
      With("UnknownKey", "mastre: dhcpd.master\n",
           "pair.yaml:4:1: error: unknown key 'mastre' at the top level; did you mean 'master'? "
           "[pair-unknown-key]\n"),
      With("UnknownKeyFarFromAll", "colour: red\n",
           "pair.yaml:4:1: error: unknown key 'colour' at the top level [pair-unknown-key]\n"),
      With("UnknownKeyMeantElsewhere", "spilt: 128\n",
           "pair.yaml:4:1: error: unknown key 'spilt' at the top level; did you mean 'split'? "
           "[pair-unknown-key]\n"),
      With("Misplaced", "mclt: 1800\n",
           "pair.yaml:4:1: error: 'mclt' does not stand at the top level; it belongs in "
           "'failover:' [pair-misplaced-key]\n"),
      With("MisplacedWithTwoHomes", "port: 520\n",
           "pair.yaml:4:1: error: 'port' does not stand at the top level; it belongs in "
           "'failover:' or in a node ('primary:' or 'secondary:') "
           "[pair-misplaced-key]\n"),
      With("Twice", "master: dhcpd.master\nmaster: dhcpd.master\n",
           "pair.yaml:5:1: error: 'master' is given twice; keep one [pair-duplicate-key]\n"
           "pair.yaml:4:1: note: first given here\n"),
      With("UnknownTwice", "colour: red\ncolour: blue\n",
           "pair.yaml:4:1: error: unknown key 'colour' at the top level [pair-unknown-key]\n"
           "pair.yaml:5:1: error: 'colour' is given twice; keep one [pair-duplicate-key]\n"
           "pair.yaml:4:1: note: first given here\n"),
      With("AListAsKey", "[a, b]: c\n",
           "pair.yaml:4:1: error: a key is a word, not a list [pair-wrong-type]\n"),
      With("NoValue", "failover:\n",
           "pair.yaml:4:1: error: 'failover' has no value; it takes a mapping with keys of its "
           "own [pair-missing-value]\n"),
      BadRow{"NoPairName", kNodes,
             "pair.yaml: error: 'pair' is missing: the name of the failover peer, the same on "
             "both nodes and in every pool, as in 'pair: dhcp-failover' [pair-missing-key]\n"},
      BadRow{"NoSecondary", "pair: p\nprimary: {address: 10.0.0.1}\n",
             "pair.yaml: error: there is no 'secondary:'; a pair has both nodes, each with at "
             "least its 'address' [pair-missing-role]\n"},
      BadRow{"NodeWithoutValue", "pair: p\nprimary: {address: 10.0.0.1}\nsecondary:\n",
             "pair.yaml:3:1: error: 'secondary' has no value; it takes a mapping with keys of "
             "its own [pair-missing-value]\n"},
      BadRow{"NoAddress", "pair: p\nprimary: {host: a}\nsecondary: {address: 10.0.0.2}\n",
             "pair.yaml:2:1: error: this node has no 'address': the IPv4 address at which its "
             "partner reaches it [pair-missing-key]\n"},
      BadRow{"MistakeInBothNodes",
             "pair: p\nprimary: {adress: 10.0.0.1}\nsecondary: {adress: 10.0.0.2}\n",
             "pair.yaml:2:1: error: this node has no 'address': the IPv4 address at which its "
             "partner reaches it [pair-missing-key]\n"
             "pair.yaml:2:11: error: unknown key 'adress' in 'primary:'; did you mean "
             "'address'? [pair-unknown-key]\n"
             "pair.yaml:3:1: error: this node has no 'address': the IPv4 address at which its "
             "partner reaches it [pair-missing-key]\n"
             "pair.yaml:3:13: error: unknown key 'adress' in 'secondary:'; did you mean "
             "'address'? [pair-unknown-key]\n"}};
}

std::vector<BadRow> NumbersRows() {
  return {
      With("PortZero", "failover: {port: 0}\n",
           "pair.yaml:4:18: error: 'port' takes a number from 1 to 65535; '0' is outside "
           "[pair-out-of-range]\n"),
      With("PortTooLarge", "failover: {port: 65536}\n",
           "pair.yaml:4:18: error: 'port' takes a number from 1 to 65535; '65536' is outside "
           "[pair-out-of-range]\n"),
      With("PortOverflows", "failover: {port: 99999999999999999999}\n",
           "pair.yaml:4:18: error: 'port' takes a number from 1 to 65535; "
           "'99999999999999999999' is outside [pair-out-of-range]\n"),
      With("PortNegative", "failover: {port: -1}\n",
           "pair.yaml:4:18: error: 'port' takes a number from 1 to 65535; '-1' is outside "
           "[pair-out-of-range]\n"),
      With("PortOctal", "failover: {port: 0520}\n",
           "pair.yaml:4:18: error: '0520' has a leading zero, which many programs read as "
           "octal; write 520, or 336 [pair-octal-number]\n"),
      With("PortOctalOfYaml12", "failover: {port: 0o520}\n",
           "pair.yaml:4:18: error: '0o520' has a leading zero, which many programs read as "
           "octal; write 520, or 336 [pair-octal-number]\n"),
      With("PortWithZerosOnly", "failover: {port: 000}\n",
           "pair.yaml:4:18: error: '000' has a leading zero, which many programs read as octal; "
           "write 0 [pair-octal-number]\n"),
      With("PortHexadecimal", "failover: {port: 0x208}\n",
           "pair.yaml:4:18: error: 'port' takes a number from 1 to 65535, not '0x208' "
           "[pair-bad-number]\n"),
      With("PortByName", "failover: {port: dhcp-failover}\n",
           "pair.yaml:4:18: error: 'port' takes a number from 1 to 65535, not 'dhcp-failover' "
           "[pair-bad-number]\n"),
      With("PortWithFraction", "failover: {port: 520.0}\n",
           "pair.yaml:4:18: error: 'port' takes a number from 1 to 65535, not '520.0' "
           "[pair-bad-number]\n"),
      With("PortQuoted", "failover: {port: \"520\"}\n",
           "pair.yaml:4:18: error: 'port' takes a number from 1 to 65535: write it without "
           "quotes [pair-wrong-type]\n"),
      With("PortList", "failover: {port: [520]}\n",
           "pair.yaml:4:18: error: 'port' takes a number from 1 to 65535, not a list "
           "[pair-wrong-type]\n"),
      With("BooleanNumber", "failover: {max-unacked-updates: Yes}\n",
           "pair.yaml:4:33: error: 'max-unacked-updates' takes a number from 1 to 65535, and "
           "'Yes' is a boolean to YAML [pair-boolean-number]\n"),
      With("BooleanTime", "failover: {mclt: on}\n",
           "pair.yaml:4:18: error: 'mclt' takes a time such as 1800, 30m or 1h, from 1 to "
           "31536000 seconds, and 'on' is a boolean to YAML [pair-boolean-number]\n"),
      With("OctalTime", "failover: {mclt: 01800}\n",
           "pair.yaml:4:18: error: '01800' has a leading zero, which many programs read as "
           "octal; write 1800 [pair-octal-number]\n"),
      With("TimeOfUnknownUnit", "failover: {mclt: 30min}\n",
           "pair.yaml:4:18: error: 'mclt' takes a time such as 1800, 30m or 1h, from 1 to "
           "31536000 seconds, not '30min' [pair-bad-duration]\n"),
      With("MixedTime", "failover: {mclt: 1h30m}\n",
           "pair.yaml:4:18: error: 'mclt' takes a time such as 1800, 30m or 1h, from 1 to "
           "31536000 seconds, not '1h30m' [pair-bad-duration]\n"),
      With("McltZero", "failover: {mclt: 0}\n",
           "pair.yaml:4:18: error: 'mclt' takes a time such as 1800, 30m or 1h, from 1 to "
           "31536000 seconds; '0' is outside [pair-out-of-range]\n"),
      With("McltOverAYear", "failover: {mclt: 366d}\n",
           "pair.yaml:4:18: error: 'mclt' takes a time such as 1800, 30m or 1h, from 1 to "
           "31536000 seconds; '366d' is outside [pair-out-of-range]\n"),
      With("LoadBalanceMaxTooLarge", "failover: {load-balance-max: 65536}\n",
           "pair.yaml:4:30: error: 'load-balance-max' takes a time such as 1800, 30m or 1h, "
           "from 0 to 65535 seconds; '65536' is outside [pair-out-of-range]\n"),
      With("SplitTooLarge", "failover: {split: 257}\n",
           "pair.yaml:4:19: error: 'split' takes a number from 0 to 256; '257' is outside "
           "[pair-out-of-range]\n"),
      With("PercentTooLarge", "failover: {max-lease-misbalance: 101}\n",
           "pair.yaml:4:34: error: 'max-lease-misbalance' takes a number from 0 to 100; '101' "
           "is outside [pair-out-of-range]\n"),
      With("SameMistakeForBothNodes", "failover: {max-balance: soon}\n",
           "pair.yaml:4:25: error: 'max-balance' takes a time such as 1800, 30m or 1h, from 1 "
           "to 31536000 seconds, not 'soon' [pair-bad-duration]\n")};
}

std::vector<BadRow> ValuesRows() {
  return {
      BadRow{"NameWithQuote", "pair: 'a\"b'\n" + std::string(kNodes),
             "pair.yaml:1:7: error: 'a\"b' of 'pair' has a character other than printable ASCII "
             "without quotes and backslashes [pair-bad-name]\n"},
      BadRow{"NameEmpty", "pair: ''\n" + std::string(kNodes),
             "pair.yaml:1:7: error: '' of 'pair' is empty [pair-bad-name]\n"},
      BadRow{"HostName", "pair: p\nprimary: {address: gw1}\nsecondary: {address: 10.0.0.2}\n",
             "pair.yaml:2:20: error: 'gw1' of 'address' is not an IPv4 address such as "
             "192.168.13.6 (names are not looked up) [pair-bad-address]\n"},
      BadRow{"Ipv6", "pair: p\nprimary: {address: '2001:db8::1'}\nsecondary: {address: 10.0.0.2}",
             "pair.yaml:2:20: error: '2001:db8::1' of 'address' is not an IPv4 address such as "
             "192.168.13.6 (names are not looked up) [pair-bad-address]\n"},
      BadRow{"Network", "pair: p\nprimary: {address: 10.0.0.1/24}\nsecondary: {address: 10.0.0.2}",
             "pair.yaml:2:20: error: '10.0.0.1/24' of 'address' is a network with a prefix "
             "length; give the node's own address without it [pair-bad-address]\n"},
      BadRow{"LeadingZero",
             "pair: p\nprimary: {address: 10.0.0.01}\nsecondary: {address: 10.0.0.2}",
             "pair.yaml:2:20: error: '10.0.0.01' of 'address' has a part with a leading zero, "
             "which some programs read as octal [pair-bad-address]\n"},
      BadRow{"Multicast", "pair: p\nprimary: {address: 224.0.0.5}\nsecondary: {address: 10.0.0.2}",
             "pair.yaml:2:20: error: '224.0.0.5' of 'address' is no address that a host can "
             "have [pair-bad-address]\n"},
      BadRow{"SshOption",
             "pair: p\nprimary: {address: 10.0.0.1, host: -oProxyCommand=x}\n"
             "secondary: {address: 10.0.0.2}\n",
             "pair.yaml:2:36: error: '-oProxyCommand=x' of 'host' is no ssh destination such as "
             "root@192.168.13.6 or an alias [pair-bad-host]\n"},
      With("ShortHba", "failover: {hba: \"ff:ff\"}\n",
           "pair.yaml:4:17: error: 'ff:ff' of 'hba' has 2 octets; it takes 32 [pair-bad-hba]\n"),
      With("HbaOfWords", "failover: {hba: none}\n",
           "pair.yaml:4:17: error: 'none' of 'hba' has no hexadecimal octet at its place 1 "
           "[pair-bad-hba]\n"),
      With("RelativePath", "paths: {conf: dhcpd.conf}\n",
           "pair.yaml:4:15: error: 'dhcpd.conf' of 'conf' is not absolute; it starts with '/' "
           "[pair-bad-path]\n"),
      With("PathWithShell", "paths: {leases: /var/db/$(reboot)}\n",
           "pair.yaml:4:17: error: '/var/db/$(reboot)' of 'leases' has a character other than "
           "letters, digits and / . _ + , @ = : - [pair-bad-path]\n"),
      With("PathThatClimbs", "paths: {conf: /etc/../dhcpd.conf}\n",
           "pair.yaml:4:15: error: '/etc/../dhcpd.conf' of 'conf' is not in its shortest form: "
           "no '//', '/./' or '/../' [pair-bad-path]\n"),
      With("UnmanagedFolder", "unmanaged: [/etc/dhcp/]\n",
           "pair.yaml:4:13: error: '/etc/dhcp/' of 'unmanaged' names a folder, not a file "
           "[pair-bad-path]\n"),
      With("EmptyMaster", "master: ''\n",
           "pair.yaml:4:9: error: '' of 'master' is no path [pair-bad-path]\n"),
      With("InterfaceWord", "interfaces: em0\n",
           "pair.yaml:4:13: error: 'interfaces' takes a list of words such as [em0, em1], not a "
           "single value [pair-wrong-type]\n"),
      With("InterfaceOption", "interfaces: [-f]\n",
           "pair.yaml:4:14: error: '-f' of 'interfaces' is no interface name such as em0 "
           "[pair-bad-interface]\n"),
      With("InterfaceTwice", "interfaces: [em0, em0]\n",
           "pair.yaml:4:19: error: 'em0' of 'interfaces' is listed twice "
           "[pair-bad-interface]\n"),
      With("UnknownPlatform", "platform: openbds\n",
           "pair.yaml:4:11: error: 'openbds' of 'platform' is not one of openbsd, "
           "openbsd-legacy, freebsd, netbsd, debian, rhel, suse, alpine, arch, generic; did you "
           "mean 'openbsd'? [pair-unknown-choice]\n"),
      With("ControlCharacterInExtra", "extra: \"authoritative;\\x07\"\n",
           "pair.yaml:4:8: error: 'extra' has a control character other than tab and newline "
           "[pair-bad-text]\n"),
      With("UnknownSshClient", "ssh: {client: ssh}\n",
           "pair.yaml:4:15: error: 'ssh' of 'client' is not one of libssh, openssh, local "
           "[pair-unknown-choice]\n"),
      With("EmptySshConfig", "ssh: {config: \"\"}\n",
           "pair.yaml:4:15: error: '' of 'config' is no path [pair-bad-path]\n"),
      With("CommandThatSaysNothing", "service: {start: '  '}\n",
           "pair.yaml:4:18: error: '  ' of 'start' is not one line for a shell "
           "[pair-bad-text]\n"),
      With("CommandOfTwoLines", "service: {stop: \"kill 1\\nreboot\"}\n",
           "pair.yaml:4:17: error: 'kill 1\\x0areboot' of 'stop' is not one line for a shell "
           "[pair-bad-text]\n"),
      With("CommandAsList", "service: {status: [pgrep, dhcpd]}\n",
           "pair.yaml:4:19: error: 'status' takes a line for the node's shell such as 'systemctl "
           "start dhcpd', not a list [pair-wrong-type]\n"),
      With("UnknownServiceKey", "service: {restart: reboot}\n",
           "pair.yaml:4:11: error: unknown key 'restart' in 'service:'; did you mean "
           "'start'? [pair-unknown-key]\n"),
      With("TwoWords", "ssh: {user: root and toor}\n",
           "pair.yaml:4:13: error: 'root and toor' of 'user' is not one word "
           "[pair-bad-text]\n"),
      With("KeyName", "omapi: {key: 7up, secret-file: good.secret}\n",
           "pair.yaml:4:14: error: '7up' of 'key' is no key name: a letter, then letters, "
           "digits and . _ - [pair-bad-name]\n"),
      With("FileMode", "files: [{from: dhcpd.master, to: /etc/a, mode: 0888}]\n",
           "pair.yaml:4:48: error: '0888' of 'mode' is no file mode of three or four octal "
           "digits such as 0644 [pair-bad-mode]\n"),
      With("FileWithoutTarget", "files: [{from: dhcpd.master}]\n",
           "pair.yaml:4:9: error: this file has no 'to': an absolute path on the node "
           "[pair-missing-key]\n"),
      With("FileAsWord", "files: [hosts.conf]\n",
           "pair.yaml:4:9: error: 'files' takes a list of {from: LOCAL, to: PATH-ON-THE-NODE}, "
           "not a single value [pair-wrong-type]\n"),
      With("PlanWithoutOutage", "plan: {new-clients-per-hour: 10}\n",
           "pair.yaml:4:1: error: 'plan' has no 'outage': a time such as 1800, 30m or 1h, from "
           "1 to 31536000 seconds [pair-missing-key]\n")};
}

std::vector<BadRow> TogetherRows() {
  return {
      BadRow{"SameAddress", "pair: p\nprimary: {address: 10.0.0.1}\nsecondary: {address: 10.0.0.1}",
             "pair.yaml:3:22: error: both nodes have the address 10.0.0.1; each needs its own, "
             "and never one that moves between them (CARP, VRRP) [pair-same-address]\n"
             "pair.yaml:2:20: note: the primary's is here\n"},
      BadRow{"McltOnSecondary",
             "pair: p\nprimary: {address: 10.0.0.1}\n"
             "secondary: {address: 10.0.0.2, mclt: 1800}\n",
             "pair.yaml:3:32: error: 'mclt' belongs to the primary only; under 'failover:' it "
             "goes to the primary's file and the secondary learns it from there "
             "[pair-mclt-on-secondary]\n"},
      BadRow{"HbaOnSecondary",
             "pair: p\nprimary: {address: 10.0.0.1}\n"
             "secondary: {address: 10.0.0.2, hba: \"ff\"}\n",
             "pair.yaml:3:32: error: 'hba' belongs to the primary only; under 'failover:' it "
             "goes to the primary's file, and dhcpd rejects it in the secondary's "
             "[pair-split-on-secondary]\n"},
      With("SplitAndHba",
           "failover:\n  split: 128\n"
           "  hba: \"0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0:0\"\n",
           "pair.yaml:6:3: error: 'hba' and 'split' both say which clients the primary serves; "
           "keep one [pair-split-and-hba]\n"
           "pair.yaml:5:3: note: 'split' is here\n"),
      With("BalanceOrder", "failover: {min-balance: 2h}\n",
           "pair.yaml:4:25: error: 'min-balance' (7200 s) is above 'max-balance' (3600 s by "
           "default) [pair-balance-order]\n"),
      With("PortClash", "omapi: {port: 647, secret-file: good.secret}\n",
           "pair.yaml:2:1: error: failover and OMAPI of the primary both want port 647; give "
           "'omapi' another one, 7911 is usual [pair-port-clash]\n"
           "pair.yaml:3:1: error: failover and OMAPI of the secondary both want port 647; give "
           "'omapi' another one, 7911 is usual [pair-port-clash]\n"),
      With("TwoFilesAtOnePath", "files: [{from: dhcpd.master, to: /etc/dhcpd.conf}]\n",
           "pair.yaml:2:1: error: on the primary, dhcpd.conf and 'dhcpd.master' would both be "
           "'/etc/dhcpd.conf' [pair-same-file]\n"
           "pair.yaml:3:1: error: on the secondary, dhcpd.conf and 'dhcpd.master' would both be "
           "'/etc/dhcpd.conf' [pair-same-file]\n"),
      With("LoadBalancingOff", "failover: {load-balance-max: 0}\n",
           "pair.yaml:4:30: warning: 0 switches load balancing off: both nodes answer every "
           "client; 3 is usual [pair-load-balance-off]\n"),
      With("PortOutsideSelinux", "platform: rhel\nfailover: {port: 520}\n",
           "pair.yaml:5:18: warning: SELinux does not let dhcpd use port 520; take 647 or 847, "
           "or run on each node: semanage port -a -t dhcpd_port_t -p tcp 520 "
           "[pair-selinux-port]\n"),
      With("MasterOutsideApparmor", "platform: debian\npaths: {master: /etc/dhcpd.master}\n",
           "pair.yaml:5:8: warning: on the primary, AppArmor lets dhcpd read /etc/dhcp/ only, "
           "and '/etc/dhcpd.master' lies elsewhere [pair-apparmor-path]\n"
           "pair.yaml:5:8: warning: on the secondary, AppArmor lets dhcpd read /etc/dhcp/ only, "
           "and '/etc/dhcpd.master' lies elsewhere [pair-apparmor-path]\n"),
      With("FileOutsideChroot",
           "platform: freebsd\nfiles: [{from: dhcpd.master, to: /etc/hosts.conf}]\n",
           "pair.yaml:2:1: warning: on the primary, a chrooted dhcpd gets the files of one "
           "folder only (/usr/local/etc/dhcpd), and '/etc/hosts.conf' lies elsewhere "
           "[pair-chroot-path]\n"
           "pair.yaml:3:1: warning: on the secondary, a chrooted dhcpd gets the files of one "
           "folder only (/usr/local/etc/dhcpd), and '/etc/hosts.conf' lies elsewhere "
           "[pair-chroot-path]\n")};
}

std::vector<BadRow> FilesRows() {
  return {
      With("MissingMaster", "master: shared.conf\n",
           "pair.yaml:4:9: error: cannot read 'shared.conf': no such file "
           "[pair-missing-file]\n"),
      With("LockedMaster", "master: locked.master\n",
           "pair.yaml:4:9: error: cannot read 'locked.master': no permission to read it "
           "[pair-missing-file]\n"),
      With("MasterIsAFolder", "master: mine\n",
           "pair.yaml:4:9: error: cannot read 'mine': it is a directory, not a file "
           "[pair-missing-file]\n"),
      With("MissingSharedFile", "files: [{from: hosts.conf, to: /etc/hosts.conf}]\n",
           "pair.yaml:4:16: error: cannot read 'hosts.conf': no such file "
           "[pair-missing-file]\n"),
      With("MissingTemplates", "templates: ours\n",
           "pair.yaml:4:12: error: there is no folder 'ours'; 'templates' names one whose files "
           "take the place of dhcpair's own [pair-missing-file]\n"),
      With("TemplatesAreAFile", "templates: dhcpd.master\n",
           "pair.yaml:4:12: error: there is no folder 'dhcpd.master'; 'templates' names one "
           "whose files take the place of dhcpair's own [pair-missing-file]\n"),
      With("OmapiWithoutSecret", "omapi: {port: 7911}\n",
           "pair.yaml:4:1: error: 'omapi' has no 'secret-file': a local file with the key's "
           "base64 secret; without a key anybody may change leases [pair-missing-key]\n"),
      With("MissingSecret", "omapi: {secret-file: no.secret}\n",
           "pair.yaml:4:22: error: cannot read 'no.secret': no such file "
           "[pair-missing-file]\n"),
      With("BadSecret", "omapi: {secret-file: bad.secret}\n",
           "pair.yaml:4:22: error: the secret in 'bad.secret' is not one word of base64; "
           "`openssl rand -base64 32` makes one [pair-bad-secret]\n"),
      With("LongSecret", "omapi: {secret-file: long.secret}\n",
           "pair.yaml:4:22: error: cannot read 'long.secret': it is too large "
           "[pair-missing-file]\n")};
}

std::vector<BadRow> AllRows() {
  std::vector<BadRow> all;
  const std::vector<std::vector<BadRow>> families{TextRows(),   KeysRows(),     NumbersRows(),
                                                  ValuesRows(), TogetherRows(), FilesRows()};
  for (const std::vector<BadRow>& rows : families) {
    all.insert(all.end(), rows.begin(), rows.end());
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Rows, BadInput, testing::ValuesIn(AllRows()),
                         [](const auto& row) { return row.param.name; });

struct UnreadableRow : test::Named {
  LoadError error;
  const char* finding;
};

class Unreadable : public testing::TestWithParam<UnreadableRow> {};

TEST_P(Unreadable, PairFileIsReportedAndMarked) {
  test::MapLoader loader;
  loader.Fail("pair.yaml", GetParam().error);
  text::Diagnostics found;
  EXPECT_FALSE(Load(loader, "pair.yaml", found));
  EXPECT_EQ(Heads(found), GetParam().finding);
  ASSERT_EQ(found.all().size(), 1u);
  EXPECT_TRUE(IsUnreadable(found.all()[0]));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, Unreadable,
    testing::Values(
        UnreadableRow{"Missing", LoadError::kNotFound,
                      "pair.yaml: error: cannot read the pair file: no such file; 'dhcpair init' "
                      "writes one to start from [pair-unreadable]\n"},
        UnreadableRow{"Directory", LoadError::kIsDirectory,
                      "pair.yaml: error: cannot read the pair file: it is a directory, not a file "
                      "[pair-unreadable]\n"},
        UnreadableRow{"NotPermitted", LoadError::kNotPermitted,
                      "pair.yaml: error: cannot read the pair file: no permission to read it "
                      "[pair-unreadable]\n"},
        UnreadableRow{"TooLarge", LoadError::kTooLarge,
                      "pair.yaml: error: the file is over 1 MiB; no pair file is that long "
                      "[pair-too-large]\n"}),
    [](const auto& row) { return row.param.name; });

TEST(Limits, APairFileMayHaveOneMebibyteAndNotAByteMore) {
  const std::string pair = "pair: p\n" + std::string(kNodes) + "#";
  EXPECT_EQ(Heads(Check(pair + std::string((1 << 20) - pair.size(), 'x'))), "");
  EXPECT_THAT(Heads(Check(pair + std::string((1 << 20) + 1 - pair.size(), 'x'))),
              testing::HasSubstr("[pair-too-large]"));
}

TEST(Limits, ThousandsOfValuesAreRefusedBeforeTheyCostTime) {
  std::string yaml = "pair: p\n" + std::string(kNodes) + "interfaces: [";
  for (int i = 0; i < 30'000; ++i) yaml += "a,";
  EXPECT_EQ(Heads(Check(yaml + "]\n")),
            "pair.yaml:4:39992: error: more than 20000 values; no pair file is that long "
            "[pair-too-large]\n");
}

TEST(Limits, AFileOfMistakesEndsWithOneLineThatSaysSo) {
  std::string yaml = "pair: p\n" + std::string(kNodes);
  for (int i = 0; i < 1000; ++i) yaml += "wrong" + std::to_string(i) + ": 1\n";
  const text::Diagnostics found = Check(yaml);
  EXPECT_EQ(found.all().size(), Reporter::kFindingsMax + 1);
  EXPECT_EQ(found.all().back().rule, &rules::kTooManyFindings);
}

TEST(Limits, DeepNestingIsRefused) {
  const std::string found = Heads(Check("pair: " + std::string(5000, '[')));
  EXPECT_THAT(found, testing::HasSubstr("[pair-not-yaml]"));
}

TEST(BadInput, HostileTextIsShownHarmless) {
  const std::string shown =
      RenderTerminal(Check("pair: \"\\e[2J\"\n" + std::string(kNodes)), text::Color::kNever);
  EXPECT_THAT(shown, testing::HasSubstr("'\\x1b[2J' of 'pair'"));
  EXPECT_THAT(shown, testing::Not(testing::HasSubstr("\x1b")));
}

TEST(BadInput, EveryRuleOfThePairFileHasARowHere) {
  std::set<std::string_view> seen{rules::kUnreadable.id, rules::kTooLarge.id,
                                  rules::kTooManyFindings.id,
                                  // Two files at once: across_pairs_test.cc.
                                  rules::kSameDhcpdConf.id};
  for (const BadRow& row : AllRows()) {
    const text::Diagnostics found = Check(row.yaml);
    for (const text::Diagnostic& finding : found.all()) seen.insert(finding.rule->id);
  }
  for (const text::Rule* const rule : rules::All()) {
    EXPECT_TRUE(seen.contains(rule->id)) << rule->id << " is triggered by no row";
  }
}

}  // namespace
}  // namespace dhcpair::pair
