# SPDX-License-Identifier: GPL-2.0-only
"""Loading the package, alone and beside ns-3's own bindings."""

import os
import subprocess
import sys
import textwrap

import pytest
import tcpfsm
from conftest import TOP

COLUMNS = ["seconds", "node", "from", "to"]


def first_script():
    """The script that README.md shows."""
    text = (TOP / "README.md").read_text(encoding="utf-8")
    return text.split("```python\n")[1].split("```")[0]


def test_first_script(python):
    script = first_script()
    assert script.count("\n") < 20
    output = python.script(f"{script}print(transitions[{COLUMNS}].to_csv(index=False))\n")
    # At 2.5 s the first FIN has been dropped, and the second one leaves at 3 s.
    assert "FIN-WAIT-1" in output
    *_, fin, last, closed = [
        line.split(",") for line in output.splitlines() if line.split(",")[1:2] == ["0"]
    ]
    assert fin[2:] == ["FIN-WAIT-1", "FIN-WAIT-2"]
    # The timeout is a second, and a round trip ten milliseconds.
    assert 3.010 < float(fin[0]) < 3.011
    assert last[2:] == ["FIN-WAIT-2", "TIME-WAIT"]
    assert closed[2:] == ["TIME-WAIT", "CLOSED"]
    # 2 MSL are 240 s.
    assert float(closed[0]) - float(last[0]) == pytest.approx(240)
    assert "<svg" in (python.folder / "timeline.svg").read_text(encoding="utf-8")


def test_import_loads_little(python):
    output = python.script(
        """
import sys
import tcpfsm
print([name for name in ("cppyy", "pandas", "matplotlib", "ns") if name in sys.modules])
tcpfsm.Simulation
print([name for name in ("pandas", "matplotlib", "pyarrow", "ns") if name in sys.modules])
"""
    )
    assert output == "[]\n[]\n"


def test_modules_load_when_first_used(python):
    folder = TOP / "python" / "tcpfsm"
    names = ["cli", "plot", *(path.stem for path in folder.glob("[a-z]*.py"))]
    output = python.script(
        f"""
import tcpfsm
for name in {names}:
    assert getattr(tcpfsm, name).__name__ == "tcpfsm." + name
print(set({names}) - set(dir(tcpfsm)))
"""
    )
    assert output == "set()\n"


def test_a_header_comes_with_its_library(python):
    output = python.script(
        """
import tcpfsm
tcpfsm.load("wifi-helper.h")
print(tcpfsm.ns.WifiPhy.GetTypeId().GetName())
"""
    )
    assert output == "ns3::WifiPhy\n"


def test_a_wrong_build_folder_is_told(monkeypatch):
    monkeypatch.setenv("TCP_FSM_BUILD", "/nonexist")
    with pytest.raises(tcpfsm.LibraryError, match=r"/nonexist/libtcpfsm\.so is missing: set TCP_"):
        tcpfsm.places.own_folder()


ORDERS = {
    "before": "import tcpfsm; tcpfsm.ns.Simulator; from ns import ns",
    "after": "from ns import ns; import tcpfsm",
}


@pytest.mark.parametrize("order", ORDERS)
def test_beside_the_bindings_of_ns3(python, order):
    output = python.script(
        f"{ORDERS[order]}\n"
        + textwrap.dedent(
            """
            assert ns.Simulator.Now is not None
            with tcpfsm.Simulation() as sim:
                net = sim.pair()
                net[1].listen(80)
                net[0].connect(net[1], 80)
                sim.run(until=1)
                print(net[0].node.GetId(), ns.NodeList.GetNNodes(), tcpfsm.ns.Simulator.Now()
                      == ns.Simulator.Now(), net[0].connections()[0].state)
            """
        )
    )
    assert output.splitlines()[-1] == "0 2 True ESTABLISHED"


def test_missing_library_tells_the_remedy(python):
    copy = python.folder / "python"
    (copy / "tcpfsm").mkdir(parents=True)
    for name in ("__init__.py", "_load.py", "places.py"):
        text = (TOP / "python" / "tcpfsm" / name).read_text(encoding="utf-8")
        (copy / "tcpfsm" / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "import tcpfsm; tcpfsm.ns"],
        env={"PYTHONPATH": str(copy), "PATH": os.environ["PATH"]},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "LibraryError" in done.stderr
    assert "libtcpfsm.so is missing; run ./waf build in" in done.stderr
