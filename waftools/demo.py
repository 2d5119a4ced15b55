# SPDX-License-Identifier: GPL-2.0-only
"""The command demo: runs the demonstration program and draws the diagrams it leaves."""

import shutil
import subprocess
import sys
from pathlib import Path

from waflib import Build, Logs


class Demo(Build.BuildContext):
    """runs the demonstration"""

    cmd = "demo"
    fun = "build"

    def execute_build(self):
        # Not the tests: they take longer to compile than all the rest.
        self.targets = "tcp-fsm-demo"
        super().execute_build()
        program = self.bldnode.find_node("tcp-fsm-demo")
        output = Path(self.bldnode.make_node("demo").path_from(self.srcnode))
        shutil.rmtree(output, ignore_errors=True)
        output.mkdir(parents=True)
        sys.stdout.flush()
        code = subprocess.run(
            [program.abspath(), f"--output={output}"], cwd=self.srcnode.abspath(), check=False
        ).returncode
        if code:
            self.fatal(f"the demonstration failed ({code})")
        self.draw(sorted(output.rglob("*.dot")))
        Logs.pprint("GREEN", f"The demonstration left in {output}:")
        for path in sorted(path for path in output.rglob("*") if path.is_file()):
            print(f"  {path}")

    def draw(self, sources):
        """Makes an SVG of each DOT file, beside it."""
        if sources:
            dot = shutil.which("dot")
            if not dot:
                self.fatal("dot is missing, the program of Graphviz that draws diagrams")
            running = [
                subprocess.Popen([dot, "-Tsvg", f"-o{path.with_suffix('.svg')}", str(path)])
                for path in sources
            ]
            codes = [process.wait() for process in running]
            if any(codes):
                self.fatal("dot could not draw a diagram")
