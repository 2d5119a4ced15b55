# SPDX-License-Identifier: GPL-2.0-only
"""Makes the site: make.py FOLDER. ./waf docs starts it.

The examples' figures, the rules and the command's help are made anew each time, so that the site
tells what is so. The folder gets source/ and html/; what was there is removed.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from tcpfsm import rules
from tcpfsm.cli import app
from typer.testing import CliRunner

SITE = Path(__file__).resolve().parent
TOP = SITE.parents[1]
# The rest start programs, which have help of their own.
COMMANDS = ("run", "plot", "trace", "explain", "diagram", "doctor")
OTHER_LANGUAGES = {".cc": "In C++", ".pkt": "The script"}
RULE_COLUMNS = {
    "rule": "id",
    "in short": "summary",
    "states": "states",
    "when": "condition",
    "sends": "reply",
    "enters": "next",
    "clause": "clause",
}


def main():
    """Makes the site; returns Sphinx's exit code."""
    folder = Path(sys.argv[1]).resolve()
    shutil.rmtree(folder, ignore_errors=True)
    source = folder / "source"
    shutil.copytree(SITE, source, ignore=shutil.ignore_patterns("make.py"))
    shutil.copytree(TOP / "doc" / "figures", source / "figures")
    shutil.copy(TOP / "doc" / "tcp-fsm.rst", source / "manual.rst")
    shutil.copytree(TOP / "examples", source / "examples")
    run_examples(source)
    for name, text in {"rules": rule_page(), "command": command_page()}.items():
        (source / f"{name}.rst").write_text(text, encoding="utf-8")
    (source / "examples.rst").write_text(example_page(), encoding="utf-8")
    options = ["-W", "--keep-going", "-q", "-b", "html", "-d", str(folder / "doctrees")]
    sphinx = [sys.executable, "-m", "sphinx", *options, str(source), str(folder / "html")]
    return subprocess.run(sphinx, check=False).returncode


def examples():
    """Returns the examples in Python, the first one to read first."""
    return sorted(TOP.glob("examples/*.py"), key=lambda path: (path.stem != "hello", path.stem))


def run_examples(source):
    """Runs the examples for their figures."""
    for example in examples():
        figure = source / "figures" / f"{example.stem}.svg"
        command = [sys.executable, str(example), str(figure)]
        done = subprocess.run(
            command, cwd=source, capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            sys.exit(f"{example.name} failed:\n{done.stderr}")


def heading(text, line):
    """Returns a heading."""
    return f"{text}\n{line * len(text)}\n\n"


def cell(text):
    """Returns what a cell of a table says so that nothing in it is markup."""
    return text.replace("\\", "").replace("*", "\\*") or "-"


def rule_page():
    """Returns the page of the rules, a table for each event."""
    lines = [heading("Rules", "="), "Read off the table that the program runs on.\n\n"]
    for event in dict.fromkeys(rule.event for rule in rules.table()):
        lines += [heading(event, "-"), ".. list-table::\n   :header-rows: 1\n\n"]
        rows = [list(RULE_COLUMNS)]
        rows += [
            [cell(getattr(rule, attribute)) for attribute in RULE_COLUMNS.values()]
            for rule in rules.table()
            if rule.event == event
        ]
        for row in rows:
            lines.append("   * " + "\n     ".join(f"- {text}" for text in row) + "\n")
        lines.append("\n")
    return "".join(lines)


def command_page():
    """Returns the page of the command: its help."""
    lines = [heading("Command", "=")]
    for words in ([], *([name] for name in COMMANDS)):
        done = CliRunner().invoke(app, [*words, "--help"], prog_name="tcpfsm")
        lines += [heading(" ".join(["tcpfsm", *words]), "-"), "::\n\n"]
        lines += [f"    {line}".rstrip() + "\n" for line in done.output.splitlines()] + ["\n"]
    return "".join(lines)


def example_page():
    """Returns the page of the examples: figure and both languages."""
    lines = [heading("Examples", "=")]
    for example in examples():
        name = example.stem
        lines += [
            heading(name, "-"),
            f".. figure:: figures/{name}.svg\n\n",
            f"In Python:\n\n.. literalinclude:: examples/{name}.py\n   :lines: 2-\n\n",
        ]
        for suffix, language in OTHER_LANGUAGES.items():
            if example.with_suffix(suffix).exists():
                lines.append(
                    f"{language}:\n\n.. literalinclude:: examples/{name}{suffix}\n   :lines: 2-\n\n"
                )
    return "".join(lines)


if __name__ == "__main__":
    sys.exit(main())
