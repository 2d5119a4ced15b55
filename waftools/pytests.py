# SPDX-License-Identifier: GPL-2.0-only
"""The suite of the Python package, test/python/: each file in a process of its own."""

import os
import re
import sys
import time
from pathlib import Path

from gtest import Result, how_it_ended, run_logged

PYTHON = "python"
# What it needs of the build.
TARGETS = ["tcpfsm", "tcp-fsm-table", "tcp-fsm-packetdrill", "tcp-fsm-bench", "tcp-fsm-demo"]

# Files that take longest begin first.
LONGEST = ("test_site", "test_import", "test_command", "test_examples")
# A test's line is complete when the test is; one that has no verdict was running.
LINE = re.compile(r"^(\S+\.py::.+?)(?: (PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)\b.*)?$")
DETAILS = re.compile(r"^=+ (FAILURES|ERRORS) =+$")
NO_TESTS = 5


def jobs(bld, pattern):
    """Returns a job, (function, arguments...), for each file of tests; a pattern as gtest's."""
    top = Path(bld.srcnode.abspath())
    environment = {
        **os.environ,
        "PYTHONPATH": str(top / "python"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TCP_FSM_BUILD": bld.bldnode.abspath(),
    }
    logs = Path(bld.bldnode.abspath(), "test", PYTHON)
    logs.mkdir(parents=True, exist_ok=True)
    words = " and ".join(pattern.replace("*", " ").split())
    files = sorted(top.glob("test/python/test_*.py"), key=lambda path: path.stem not in LONGEST)
    return [(run, path, words, logs / f"{path.stem}.log", environment) for path in files]


def run(path, words, log, environment):
    """Runs the tests of a file."""
    result, start = Result(PYTHON), time.monotonic()
    command = [sys.executable, "-m", "pytest", "-v", "--color=no", "-p", "no:cacheprovider"]
    command += ["--tb=short", f"--basetemp={log.with_suffix('.tmp')}", str(path)]
    command += ["-k", words] if words else []
    code, lines = run_logged(command, log, env=environment)
    count(result, path, code, lines)
    result.seconds = time.monotonic() - start
    return result


def count(result, path, code, lines):
    """Adds what the lines say to the result."""
    failed, running = [], "outside any test"
    for line in lines:
        match = LINE.match(line)
        if not match:
            continue
        running = match[1]
        if match[2] in ("FAILED", "ERROR"):
            failed.append(match[1])
        elif match[2] == "SKIPPED":
            result.skipped += 1
        elif match[2]:
            result.passed += 1
        if match[2]:
            running = "outside any test"
    details = [number for number, line in enumerate(lines) if DETAILS.match(line)]
    for name in failed:
        result.fail(name, [])
    if failed and details:
        result.report += "\n" + "\n".join(lines[details[0] :])
    if not failed and code not in (0, NO_TESTS):
        result.fail(f"{path.name}, {running}: {how_it_ended(code)}", lines)
