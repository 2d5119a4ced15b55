# SPDX-License-Identifier: GPL-2.0-only
"""Adds to the wheel what ./waf wheel has put into build/wheel: library, headers, programs."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    """Called by hatchling."""

    def initialize(self, _version, build_data):
        native = Path(self.root, "build", "wheel", "native")
        if not (native / "libtcpfsm.so").exists():
            raise RuntimeError("the wheel is made by ./waf wheel, which compiles what it holds")
        build_data["pure_python"] = False
        # cppyy does what an extension module would, so any Python will do.
        build_data["tag"] = f"py3-none-{(native.parent / 'platform').read_text().strip()}"
        build_data["force_include"][str(native)] = "tcpfsm/native"
        # The programs compare the status table with this file, and look for it above themselves.
        expected = "test/conformance/expected.csv"
        build_data["force_include"][str(Path(self.root, expected))] = f"tcpfsm/{expected}"
