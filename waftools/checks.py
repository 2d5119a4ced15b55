# SPDX-License-Identifier: GPL-2.0-only
"""The commands about the quality of the sources: test, format, tidy."""

import atexit
import os
import shlex
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fuzz
import pytests
from gtest import Result, Suite
from waflib import Build, Context, Errors, Logs, Scripting

LINT = "lint"
EXAMPLES = "examples"  # the suite runs the programs of that folder
# Programs that suites run, by suite.
RUN_BY = {"packetdrill": ("tcp-fsm-packetdrill", "tcp-fsm-table")}


def options(opt):
    opt.add_option("--only", default="", help="test: only these suites, comma separated")
    opt.add_option("--filter", default="", help="test: only tests that match")


def cxx_files():
    """Returns all C++ files of the repository."""
    found = []
    for folder, folders, files in os.walk("."):
        folders[:] = sorted(name for name in folders if name[0] != "." and name != "build")
        found += [os.path.join(folder, name) for name in files if name.endswith((".h", ".cc"))]
    return found


def tool(name, *arguments):
    """Returns the command line of a tool of .venv."""
    return [str(Path(sys.prefix, "bin", name)), *arguments]


def lint(name, command):
    """Runs a checker over the sources: one check, passed when it exits with 0."""
    start = time.monotonic()
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    result = Result(LINT, seconds=time.monotonic() - start)
    if done.returncode == 0:
        result.passed = 1
    else:
        lines = done.stdout.splitlines()
        # Of clang-format's complaints the first in each file will do: ./waf format mends them.
        unformatted = [line for line in lines if line.endswith("[-Wclang-format-violations]")]
        first = {line.split(":")[0]: line for line in reversed(unformatted)}
        result.fail(name, list(first.values()) or lines)
    return result


def lint_jobs():
    commands = {
        "ruff check": tool("ruff", "check", "--quiet"),
        "ruff format": tool("ruff", "format", "--check", "--quiet", "--diff"),
    }
    sources = cxx_files()
    if sources:
        commands["clang-format"] = tool("clang-format", "--dry-run", "--Werror", *sources)
    return [(lint, name, command) for name, command in commands.items()]


class Test(Build.BuildContext):
    """checks the format and runs every test"""

    cmd = "test"
    fun = "build"

    def execute_build(self):
        wanted = [name for name in self.options.only.split(",") if name]
        filtered = bool(wanted or self.options.filter)
        self.builds_fuzzers = fuzz.FUZZ in wanted or not filtered
        if wanted != [LINT]:
            others = (LINT, fuzz.FUZZ, pytests.PYTHON)
            targets = [f"test/{name}" for name in wanted if name not in others]
            if pytests.PYTHON in wanted:
                targets += pytests.TARGETS
            if EXAMPLES in wanted:
                sources = self.srcnode.ant_glob(f"{EXAMPLES}/*.cc")
                targets += [f"{EXAMPLES}/{source.name[: -len('.cc')]}" for source in sources]
            targets += [target for name in wanted for target in RUN_BY.get(name, ())]
            if fuzz.FUZZ in wanted and fuzz.is_usable(self):
                targets += fuzz.targets(self)
            self.targets = ",".join(targets)
            try:
                super().execute_build()
            except Errors.WafError as error:
                Logs.error(str(error))
                finish([Result("build", failed=1)])
        jobs = []
        if self.builds_fuzzers:
            jobs += fuzz.jobs(self)
        if LINT in wanted or not filtered:
            jobs += lint_jobs()
        if pytests.PYTHON in wanted or not wanted:
            jobs += pytests.jobs(self, self.options.filter)
        for suite in self.suites():
            if not wanted or suite.name in wanted:
                jobs += suite.jobs(self.options.filter or "*", self.jobs)
        finish(run_jobs(jobs, self.jobs))

    def suites(self):
        environment = {
            **os.environ,
            "TCP_FSM_TOP": self.srcnode.abspath(),
            "TCP_FSM_BUILD": self.bldnode.abspath(),
            "TCP_FSM_CXX": shlex.join(self.env.LINK_CXX),
            "TCP_FSM_CXXFLAGS": self.compiler_flags(),
        }
        return [
            Suite(generator.suite, generator.link_task.outputs[0].abspath(), environment)
            for generator in self.get_all_task_gen()
            if hasattr(generator, "suite") and hasattr(generator, "link_task")
        ]

    def compiler_flags(self):
        """Returns the flags with which a test can compile a source against the library."""
        folders = [self.bldnode.make_node("include")]
        folders += [self.srcnode.make_node(name) for name in ("model", "model/engine")]
        flags = self.env.CXXFLAGS + self.env.CXXFLAGS_NS3
        flags = [flag for flag in flags if flag not in self.env.GCCDEPS_FLAGS]
        flags += [f"-D{name}" for name in self.env.DEFINES]
        return shlex.join(flags + [f"-I{folder.abspath()}" for folder in folders])


def run_jobs(jobs, at_once):
    """Runs the jobs, (function, arguments...) each, and returns their results."""
    with ThreadPoolExecutor(at_once) as pool:
        started = [pool.submit(*job) for job in jobs]
        return [job.result() for job in started]


def finish(results):
    """Reports what failed; the sum is printed when waf has said its last word."""
    for result in results:
        if result.report:
            print(result.report)
    for name in dict.fromkeys(result.suite for result in results):
        of_suite = [result for result in results if result.suite == name]
        print(f"{name}: {sum_up(of_suite)} in {sum(r.seconds for r in of_suite):.1f} s")
    atexit.register(print, sum_up(results), flush=True)
    if any(result.failed for result in results):
        sys.exit(1)
    if not any(result.passed for result in results):
        raise Errors.WafError("no test matches")


def sum_up(results):
    skipped = sum(result.skipped for result in results)
    return (
        f"{sum(result.passed for result in results)} passed, "
        f"{sum(result.failed for result in results)} failed"
        + (f", {skipped} skipped" if skipped else "")
    )


class Format(Context.Context):
    """formats all sources in place"""

    cmd = "format"

    def execute(self):
        commands = [tool("ruff", "check", "--fix", "--quiet"), tool("ruff", "format", "--quiet")]
        sources = cxx_files()
        if sources:
            commands.append(tool("clang-format", "-i", *sources))
        codes = [subprocess.run(command, check=False).returncode for command in commands]
        if any(codes):
            self.fatal("some complaints need a hand")


class Tidy(Build.BuildContext):
    """runs clang-tidy over the C++ sources"""

    cmd = "tidy"
    fun = "build"

    def execute_build(self):
        program = shutil.which("clang-tidy-16") or shutil.which("clang-tidy")
        if not program:
            self.fatal("clang-tidy-16 is missing (a Debian package)")
        Scripting.run_command("clangdb")
        sources = [name for name in cxx_files() if name.endswith(".cc")]
        command = [program, "-p", self.bldnode.abspath(), "--quiet", "--warnings-as-errors=*"]
        jobs = [(lint, name, [*command, name]) for name in sources]
        finish(run_jobs(jobs, self.jobs))
