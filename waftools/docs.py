# SPDX-License-Identifier: GPL-2.0-only
"""The command docs: the site, by doc/site/make.py."""

import os
import subprocess
import sys
from pathlib import Path

from waflib import Build


class Docs(Build.BuildContext):
    """makes the site in build/docs/html"""

    cmd = "docs"
    fun = "build"

    def execute_build(self):
        # What the examples in Python start.
        self.targets = "tcpfsm,tcp-fsm-table,tcp-fsm-packetdrill"
        super().execute_build()
        top, build = Path(self.srcnode.abspath()), Path(self.bldnode.abspath())
        environment = {**os.environ, "TCP_FSM_BUILD": str(build), "COLUMNS": "95"}
        make = [sys.executable, str(top / "doc" / "site" / "make.py"), str(build / "docs")]
        if subprocess.run(make, env=environment, check=False).returncode:
            self.fatal("the site could not be made; see above")
        print(f"the site is {(build / 'docs' / 'html' / 'index.html').relative_to(top)}")
