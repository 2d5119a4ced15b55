# SPDX-License-Identifier: GPL-2.0-only
"""Runs GoogleTest programs: on all processors, and on after a crash."""

import re
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

# Seconds that one process may take; a test that never ends counts as crashed.
PATIENCE = 1200
# After so many crashes the rest of a program's tests is given up.
MAX_CRASHES = 20
# Of the output of a failed or crashed test so many last lines are shown.
SHOWN_LINES = 60

STARTED = re.compile(r"^\[ RUN      \] (\S+)$")
# The test's own output may stand before this on the same line.
ENDED = re.compile(r"\[ +(OK|FAILED|SKIPPED) +\] ([\w./]+)(?:,| \()")
COMPLETE = re.compile(r"^\[==========\] \d+ tests? .* ran\. ")


def run_logged(command, log, **options):
    """Runs a program, its output to a file; returns exit code (None: hung) and lines."""
    with log.open("wb") as output:
        try:
            code = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=PATIENCE,
                check=False,
                **options,
            ).returncode
        except subprocess.TimeoutExpired:
            code = None
    return code, log.read_text(encoding="utf-8", errors="replace").splitlines()


@dataclass
class Result:
    """What came of some checks of a suite."""

    suite: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0
    report: str = ""

    def fail(self, title, lines):
        self.failed += 1
        shown = lines[-SHOWN_LINES:]
        if len(shown) < len(lines):
            shown.insert(0, f"... ({len(lines) - len(shown)} lines more)")
        self.report += "\n".join([f"\n-- {self.suite}: {title}", *shown])


@dataclass
class Suite:
    """A GoogleTest program; its environment is that of the tests."""

    name: str
    program: Path
    environment: dict

    def jobs(self, pattern, parts):
        """Returns jobs, (function, arguments...) each, that together run the matching tests."""
        command = [str(self.program), "--gtest_list_tests", f"--gtest_filter={pattern}"]
        listed = subprocess.run(
            command,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if listed.returncode:
            return [(self.broken, how_it_ended(listed.returncode), listed.stdout.splitlines())]
        names, fixture = [], ""
        for line in listed.stdout.splitlines():
            word = line.split("#")[0].strip()
            if line.startswith("  "):
                names.append(fixture + word)
            elif word.endswith("."):
                fixture = word
        return [(self.run, names[i::parts], i) for i in range(min(parts, len(names)))]

    def broken(self, ending, lines):
        result = Result(self.name)
        result.fail(f"the tests cannot be listed: {ending}", lines)
        return result

    def run(self, names, part):
        """Runs these tests; those after one that crashes are run by another process."""
        result, start = Result(self.name), time.monotonic()
        for attempt in range(MAX_CRASHES):
            stem = f"{self.program}.{part}.{attempt}"
            code, lines = self.start(names, stem)
            names = self.count(result, names, code, lines)
            if not names:
                break
        else:
            result.fail(f"given up; {len(names)} tests were not run", [])
        result.seconds = time.monotonic() - start
        return result

    def start(self, names, stem):
        """Runs the program, its output to a file; returns exit code (None: hung) and lines."""
        flags, log, scratch = Path(stem + ".flags"), Path(stem + ".log"), Path(stem + ".tmp")
        # A file, since a command line of that many names may be too long.
        flags.write_text(f"--gtest_filter={':'.join(names)}\n")
        scratch.mkdir(exist_ok=True)
        command = [str(self.program), f"--gtest_flagfile={flags}", "--gtest_color=no"]
        # For testing::TempDir(): parts that run at once must not share files.
        environment = {**self.environment, "TEST_TMPDIR": f"{scratch}/"}
        return run_logged(command, log, env=environment)

    @staticmethod
    def count(result, names, code, lines):
        """Adds what the lines say to the result; returns the tests that are still to be run."""
        done, running, since, complete, failed = set(), "", 0, False, result.failed
        for number, line in enumerate(lines):
            started, ended = STARTED.match(line), ENDED.search(line)
            if started:
                running, since = started[1], number
            elif ended and ended[2] == running:
                done.add(running)
                if ended[1] == "FAILED":
                    result.fail(running, lines[since : number + 1])
                elif ended[1] == "SKIPPED":
                    result.skipped += 1
                else:
                    result.passed += 1
                running, since = "", number
            complete = complete or bool(COMPLETE.match(line))
        if complete and code is not None:
            if code and result.failed == failed:
                result.fail(f"no test failed, yet it {how_it_ended(code)}", lines[since:])
            return []
        result.fail(f"{running or 'outside any test'}: {how_it_ended(code)}", lines[since:])
        if not running:
            return []
        return [name for name in names if name not in done and name != running]


def how_it_ended(code):
    if code is None:
        return f"did not end within {PATIENCE} s"
    if code >= 0:
        return f"exited with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
