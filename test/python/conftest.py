# SPDX-License-Identifier: GPL-2.0-only
"""What the tests share."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("TCP_FSM_BUILD", TOP / "build"))


class Python:
    """Runs Python scripts in a process of their own, in a folder of their own."""

    def __init__(self, folder):
        self.folder = folder

    def start(self, *arguments, **options):
        environment = {**os.environ, "PYTHONPATH": str(TOP / "python"), "LC_ALL": "C.UTF-8"}
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            **options,
        )

    def run(self, *arguments):
        """Returns exit code, output, errors."""
        process = self.start(*arguments)
        output, errors = process.communicate(timeout=300)
        return process.returncode, output, errors

    def script(self, text):
        """Runs the text of a script that must succeed; returns its output."""
        path = self.folder / "script.py"
        path.write_text(text, encoding="utf-8")
        code, output, errors = self.run(str(path))
        assert code == 0, errors
        return output


@pytest.fixture
def python(tmp_path):
    return Python(tmp_path)


@pytest.fixture(scope="session")
def hello(tmp_path_factory):
    """The frames of a short connection that node 0 opens and closes."""
    import tcpfsm

    folder = tmp_path_factory.mktemp("hello")
    with tcpfsm.Simulation(seed=3) as simulation:
        net = simulation.pair(rate="10Mbps", delay="5ms")
        for what in ("transitions", "reactions", "connections"):
            for suffix in (".csv", ".npy"):
                simulation.trace(folder / f"{what}{suffix}", what)
        simulation.pcap(folder / "hello")
        net[1].listen(80, on_data=lambda s, data: s.send(data), on_end=lambda s: s.close())
        client = net[0].connect(net[1], 80, at=1.0)
        client.send(b"hello", at=1.1)
        net[0].connect(net[1], 81, at=1.2)  # is refused
        client.close(at=2.0)
        simulation.run()
        simulation.folder = folder
        simulation.client = client
    return simulation
