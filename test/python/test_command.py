# SPDX-License-Identifier: GPL-2.0-only
"""The command tcpfsm, from outside."""

import json
import re
import shlex
import shutil
import sys

import pytest
import tcpfsm
from conftest import TOP
from tcpfsm import rules
from tcpfsm.cli import app, doctor, explain, figures, main
from tcpfsm.plot import times


@pytest.fixture
def process(python):
    """Runs a command line in a process of its own; returns its output, with errors if it fails."""

    def run(*arguments, code=0):
        found, output, errors = python.run("-m", "tcpfsm", *map(str, arguments))
        assert found == code, errors + output
        return output if code == 0 else output + errors

    return run


@pytest.fixture
def command(tmp_path, monkeypatch, capfd):
    """The same in this process, which is quicker."""

    def run(*arguments, code=0):
        monkeypatch.setattr(sys, "argv", ["tcpfsm", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        output, errors = capfd.readouterr()
        assert (ended.value.code or 0) == code, errors + output
        return output if code == 0 else output + errors

    monkeypatch.chdir(tmp_path)
    return run


def test_help_has_examples(command):
    text = command("--help")
    for name in (
        "demo",
        "table",
        "packetdrill",
        "bench",
        "run",
        "plot",
        "trace",
        "explain",
        "diagram",
        "doctor",
    ):
        assert f" {name} " in text
    assert "--install-completion" in text
    assert "tcpfsm trace reactions.npy --explain 12" in " ".join(command("trace", "--help").split())


# The others take long, or need a script.
EXAMPLE = re.compile(r"`(tcpfsm (?:table|run|plot|trace|explain|diagram) [^`]+)`")


def test_examples_of_the_help_work(process, command, python):
    shutil.copy(TOP / "examples" / "hello.py", python.folder)
    lines = {each.name: EXAMPLE.findall(each.help) for each in app.registered_commands}
    assert sum(map(len, lines.values())) == 15

    def run(lines):
        for words in (part.split(None, 1)[1] for line in lines for part in line.split("&&")):
            (process if words.startswith("run ") else command)(*shlex.split(words))

    run(lines.pop("run"))
    for kind in ("transitions", "reactions"):  # those that the other examples name
        shutil.copy(python.folder / "traces" / f"1-{kind}.npy", python.folder / f"{kind}.npy")
    run(line for examples in lines.values() for line in examples)
    figures = {"hello.svg", "timeline.svg", "ladder.pdf", "diagram.svg", "taken.pdf"}
    assert figures <= {path.name for path in python.folder.iterdir()}


def test_programs_get_their_arguments(command):
    arguments = ("table", "--stack=fsm", "--state=TIME-WAIT", "--segment=RST", "--format=json")
    cells = json.loads(command(*arguments))
    assert {cell["state"] for cell in cells} == {"TIME-WAIT"}
    assert json.loads(command(*arguments[:-1], "--json")) == cells
    assert "Example: tcpfsm table" in command("table", "--help")
    assert "no-such" in command("table", "--state=no-such", code=2)
    assert "tcp-fsm-packetdrill" in command("packetdrill", "--help")


def test_run_saves_traces_and_plot_draws_them(process, command, python):
    (python.folder / "module.py").write_text("PORT = 80\n")
    script = python.folder / "script.py"
    script.write_text(
        """
import sys
import tcpfsm
from module import PORT

with tcpfsm.Simulation() as sim:
    net = sim.pair()
    net[1].listen(PORT, on_end=lambda s: s.close())
    net[0].connect(net[1], PORT).close(at=1)
    sim.run()
print(sys.argv)
"""
    )
    output = process("run", "--save", "traces", "script.py", "--option", "word")
    assert output == "['script.py', '--option', 'word']\n"
    for kind in ("timeline", "occupancy", "durations", "ladder", "diagram"):
        command("plot", "traces/1-reactions.npy", "--kind", kind, "-o", f"{kind}.svg")
        assert (python.folder / f"{kind}.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_run_shows_the_scripts_own_traceback(process, python):
    script = python.folder / "script.py"
    script.write_text("def fails():\n    raise ValueError('on purpose')\n\n\nfails()\n")
    text = process("run", "script.py", code=1)
    assert "ValueError: on purpose" in text
    assert "runpy" not in text
    assert "there is no file none.py" in process("run", "none.py", code=2)


def test_trace_filters(command, hello):
    file = hello.folder / "reactions.npy"
    every = json.loads(command("trace", file, "--json"))
    assert [record["record"] for record in every] == list(range(len(hello.reactions)))
    some = json.loads(command("trace", file, "--json", "--node", 0, "--state", "TIME-WAIT"))
    assert some == [r for r in every if r["node"] == 0 and "TIME-WAIT" in (r["from"], r["to"])]
    assert len(some) == 2
    one = json.loads(command("trace", file, "--json", "--rule", "FIN-LAST"))
    assert [record["to"] for record in one] == ["TIME-WAIT"]
    port = json.loads(command("trace", file, "--json", "--port", 81, "--since", 1.205))
    assert port == [
        r for r in every if 81 in (r["local_port"], r["remote_port"]) and r["seconds"] >= 1.205
    ]
    assert len(command("trace", file, "--limit", 3).splitlines()) == 4
    lower = ("--state", "time-wait", "--rule", "fin-last", "--event", "STEP 7 fin")
    assert json.loads(command("trace", file, "--json", *lower)) == one


def test_trace_shows_times_alike(command, tmp_path):
    with tcpfsm.Simulation() as sim:
        net = sim.pair(rate="1Gbps", delay="4ns")
        sim.trace(tmp_path / "early.npy", "reactions")
        net[1].listen(80)
        net[0].connect(net[1], 80, at=1e-9)
        net[0].connect(net[1], 80, at=0.1)
        sim.run(until=1)
    times = [line.split()[1] for line in command("trace", "early.npy").splitlines()[1:]]
    assert {"0.000000001", "0.100000000"} <= set(times)


def test_trace_shows_connections(command, hello):
    heads, *rows = command("trace", hello.folder / "connections.csv", "--node", 0).splitlines()
    names = heads.split()
    assert {"start_seconds", "end_seconds", "octets_sent", "octets_received", "error"} <= {*names}
    (refused,) = (row.split() for row in rows if " 81 " in row)
    told = dict(zip(names, refused[1:]))
    assert (told["start_seconds"], told["established_seconds"]) == ("1.200000000", "<NA>")
    assert refused[-1] == "refused"


def test_trace_explains(command, hello):
    frame = hello.reactions
    number = frame.index[frame["rule"] == "FIN-LAST"][0]
    text = command("trace", hello.folder / "reactions.npy", "--explain", number)
    assert "FIN-WAIT-2 --[step 7 FIN FIN-ACK]--> TIME-WAIT, sends: ACK" in text
    assert "Clause: RFC 9293 3.10.7.4 eighth (FIN-WAIT-2)" in text
    found = command("trace", hello.folder / "reactions.npy", "--explain", number, "--json")
    assert json.loads(found)["explanation"]["next"] == "TIME-WAIT"


def test_explain(command):
    text = command("explain", "established", "rst", "--variant", "in-window")
    assert "rfc9293, freebsd, linux: stays in ESTABLISHED, sends challenge ACK" in text
    assert "rfc793: ESTABLISHED -> CLOSED, sends nothing" in text
    found = json.loads(command("explain", "LISTEN", "SYN", "--json"))
    assert [rule["next"] for rule in found["rfc9293"]] == ["SYN-RCVD"]


def test_diagram(command, python):
    command("diagram", "-o", "diagram.svg")
    text = (python.folder / "diagram.svg").read_text(encoding="utf-8")
    assert "TIME&#45;WAIT" in text
    assert "stateDiagram-v2" in command("diagram", "-o", "-", "--format", "mermaid")


def test_words_are_those_of_the_rules():
    assert list(explain.STATES) == rules.states()
    assert list(explain.SEGMENTS) == rules.segments()
    assert list(explain.VARIANTS) == rules.variants()
    assert times.SCALES == figures.SCALES


def test_words_can_be_completed(process, monkeypatch):
    monkeypatch.setenv("_TCPFSM_COMPLETE", "complete_bash")
    for words, completed in (
        ("tcpfsm explain TIME", "TIME-WAIT"),
        ("tcpfsm explain LISTEN RST-", "RST-ACK"),
        ("tcpfsm plot a.npy --kind dur", "durations"),
    ):
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
        assert process().split() == [completed]


def test_trace_without_records(command, hello, python):
    names = (hello.folder / "transitions.csv").read_text(encoding="utf-8").splitlines()[0]
    (python.folder / "empty.csv").write_text(f"{names}\n", encoding="utf-8")
    text = command("trace", "empty.csv", "--explain", 0, code=2)
    assert "there is no record 0: the trace is empty" in text


def test_plots_have_a_scale_and_a_part(command, hello, python):
    for arguments in (("--scale", "steps"), ("--kind", "ladder", "--until", "1.2")):
        command("plot", hello.folder / "reactions.npy", *arguments, "-o", "a.svg")
        text = (python.folder / "a.svg").read_text(encoding="utf-8")
        assert ("not to scale" in text) == ("steps" in arguments)
        assert ("TIME-WAIT" in text) == ("steps" in arguments)


def test_doctor_compares_versions(command, monkeypatch):
    monkeypatch.setattr(doctor, "_version", lambda name: "" if name == "pandas" else "3.43")
    found = {each["name"]: each for each in json.loads(command("doctor", "--json", code=1))}
    assert (found["ns3"]["found"], found["ns3"]["fits"]) == ("3.43", False)
    assert found["pandas"]["needed"]
    text = command("doctor", code=1)
    assert "3.43, UNFIT: pip install ns3==3.44.post0" in text
    assert "3.43, UNFIT: pip install cppyy==3.5.0" in text
    assert "MISSING: pip install pandas" in text


def test_doctor(command):
    found = {each["name"]: each for each in json.loads(command("doctor", "--json"))}
    assert found["ns3"]["found"].startswith("3.44")
    assert found["libtcpfsm.so"]["found"]
    assert command("doctor").count("\n") == len(found)


BAD = [
    (("trace", "none.csv"), "tcpfsm: no such file: none.csv"),
    (("trace", "{}/hello-0-1.pcap"), "ends with one of .csv, .npy, .parquet"),
    (("trace", "{}/reactions.npy", "--state", "OPEN"), "'OPEN' is no state of this trace"),
    (("trace", "{}/reactions.npy", "--explain", "999"), "there is no record 999: give 0 to"),
    (("plot", "{}/reactions.npy", "-o", "a.gif"), "ends with one of .svg, .pdf, .png"),
    (("plot", "{}/reactions.npy", "-o", "a.svg", "--kind", "pie"), "'pie' is not one of"),
    (("plot", "{}/connections.npy", "-o", "a.svg"), "connections.npy holds connections: to draw"),
    (
        ("plot", "{}/transitions.npy", "{}/connections.npy", "-o", "a.svg"),
        "connections.npy holds connections: to draw, give transitions",
    ),
    (("trace", "{}/connections.npy", "--since", "1"), "connections.npy has no column seconds"),
    (("trace", "{}/connections.npy", "--until", "1"), "connections.npy has no column seconds"),
    (("trace", "{}/connections.npy", "--changes"), "connections.npy has no column from: give"),
    (("trace", "{}/connections.npy", "--state", "LISTEN"), "connections.npy has no column from"),
    (("trace", "{}/connections.npy", "--event", "OPEN"), "connections.npy has no column event"),
    (("plot", "{}/reactions.npy", "-o", "no/a.svg"), "no/a.svg: there is no folder no"),
    (
        ("plot", "{}/reactions.npy", "-o", "a.svg", "--since", "1"),
        "Invalid value for --since: timeline has none; it is for ladder",
    ),
    (
        ("plot", "{}/reactions.npy", "-o", "a.svg", "--kind", "diagram", "--until", "1"),
        "--until: diagram has none; it is for timeline, occupancy, durations, ladder",
    ),
    (
        ("plot", "{}/reactions.npy", "-o", "a.svg", "--kind", "durations", "--scale", "auto"),
        "--scale: durations has none; it is for timeline, occupancy",
    ),
    (("diagram", "{}/reactions.npy", "-o", "a.gif"), "ends with one of .svg, .pdf, .png"),
    (("diagram", "-o", "no/a.svg"), "no/a.svg: there is no folder no"),
    (("diagram", "-o", "no/a.dot"), "no/a.dot: there is no folder no"),
    (("explain", "OPEN", "SYN"), "'OPEN' is not one of 'CLOSED', 'LISTEN'"),
    (("explain", "LISTEN", "FLY"), "'FLY' is not one of 'SYN', 'SYN-ACK'"),
    (("diagram", "-o", "-", "--format", "text"), "'text' is not one of 'dot', 'mermaid'"),
    (("trace", "{}/reactions.npy", "--limit", "-1"), "-1 is not in the range x>=0"),
    (("explain", "LISTEN"), "Missing argument 'SEGMENT'"),
    (("fly",), "No such command 'fly'"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD)
def test_wrong_command_lines(command, hello, arguments, message):
    text = command(*(each.format(hello.folder) for each in arguments), code=2)
    assert message in " ".join(text.replace("│", " ").split())
    assert "Traceback" not in text


def test_version_is_told(command):
    assert tcpfsm.__version__.count(".") == 2
    assert command("--version") == f"tcpfsm {tcpfsm.__version__}\n"
