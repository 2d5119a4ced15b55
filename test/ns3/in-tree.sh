#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Builds and tests the module inside an ns-3 tree (3.37 to 3.48):
#   test/ns3/in-tree.sh NS3_DIR [configure option...]
# The sources are copied to NS3_DIR/contrib/tcp-fsm, which is made anew each time. Further options
# go to ./ns3 configure.
set -eu

die() {
    printf 'in-tree.sh: %s\n' "$*" >&2
    exit 1
}

[ $# -ge 1 ] || die 'usage: test/ns3/in-tree.sh NS3_DIR [configure option...]'
[ -f "$1/ns3" ] && [ -f "$1/VERSION" ] || die "$1 is not the top of an ns-3 tree (3.37 or later)"
tree=$(cd -- "$1" && pwd)
shift
cd -- "$(dirname -- "$0")/../.."

module=$tree/contrib/tcp-fsm
[ ! -e "$module" ] || [ -f "$module/model/engine/tcp-fsm-table.h" ] ||
    die "$module is something else: move it away"
rm -rf "$module"
mkdir -p "$module"
tar -cf - CMakeLists.txt LICENSE model helper table examples test/examples-to-run.py test/ns3 \
    test/conformance/expected.csv | tar -xf - -C "$module"

cd "$tree"
./ns3 configure --enable-tests --enable-examples \
    --filter-module-examples-and-tests=tcp-fsm "$@"
./ns3 build
./ns3 run --no-build 'test-runner --suite=tcp-fsm --verbose' >tcp-fsm-test.log 2>&1 ||
    { tail -n 40 tcp-fsm-test.log && die "tests failed; all of it: $tree/tcp-fsm-test.log"; }
./ns3 run --no-build tcp-fsm-hello
[ -s transitions.csv ] || die 'the example left no transitions.csv'
printf '%s passed, 0 failed\n' "$(grep -c '^  *PASS ' tcp-fsm-test.log)"
