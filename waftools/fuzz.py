# SPDX-License-Identifier: GPL-2.0-only
"""The fuzzers, test/fuzz/*-fuzzer.cc: how they are built, the command fuzz, their part of test."""

import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from gtest import Result, how_it_ended, run_logged
from waflib import Build, Logs

FUZZ = "fuzz"
SOURCES = "test/fuzz"
SUFFIX = "-fuzzer"
SANITIZERS = "-fsanitize=address,undefined"
FLAGS = ["-std=c++20", "-O1", "-g1", "-fno-omit-frame-pointer", SANITIZERS]
FLAGS += ["-fno-sanitize-recover=undefined", "-Wall", "-Wextra"]


class Fuzzer(NamedTuple):
    """What a fuzzer is made of, and what it does."""

    parts: str  # target of the objects; fuzzers may share them
    sources: str
    excluded: str = ""
    includes: tuple = ()
    max_length: int = 400  # octets of an input
    fixed_runs: int = 8000  # in test


# The stack; its fixed runs take about a minute of processor time. Not all of it is needed.
STACK = Fuzzer(
    parts=f"{FUZZ}/tcpfsm",
    sources="model/**/*.cc helper/tcp-fsm-helper.cc table/tcp-fsm-raw-peer.cc"
    " table/tcp-fsm-raw-segment.cc",
    excluded="model/engine/tcp-fsm-diagram*.cc model/engine/tcp-fsm-reference.cc",
)
# The parser alone, which needs no ns-3; its fixed runs take about ten seconds.
PARSER = "code* cursor dialect escape evaluate expression icmp lexer match parse* print*"
PARSER += " settings shell* source support symbols"
PACKETDRILL = Fuzzer(
    parts=f"{FUZZ}/packetdrill",
    sources=" ".join(f"packetdrill/packetdrill-{name}.cc" for name in PARSER.split()),
    includes=("packetdrill",),
    max_length=2000,
    fixed_runs=20000,
)
# Fuzzers that are not named here are made of the stack.
FUZZERS = {"packetdrill": PACKETDRILL}

LIMITS = ["-len_control=0"]
# An input that takes so many seconds is kept as one that crashes.
SLOW = ["-timeout=20"]
# The same inputs at each run: with these on, addresses find their way into what is tried. Only a
# hang ends them, since a busy machine may be slow.
FIXED = ["-seed=1", "-use_cmp=0", "-use_memmem=0", "-timeout=300"]
# Of the output of a failed run so much is shown, from the first complaint on.
COMPLAINT = re.compile(
    r"^invariant broken|runtime error: |^==\d+== ?ERROR|^NS_[A-Z]+|assert failed"
)
SHOWN_LINES = 40
SHOWN_WIDTH = 600


def options(opt):
    opt.add_option("--seconds", type=int, default=60, help="fuzz: stop after so many seconds")
    opt.add_option("--seed", type=int, default=0, help="fuzz: start the random numbers here")


def configure(conf):
    """Makes the environment of the fuzzers; without libFuzzer, it has no compiler."""
    default = conf.variant
    clang = conf.find_program(["clang++-16", "clang++"], var="FUZZ_CXX", mandatory=False)
    conf.setenv(FUZZ, conf.env)
    conf.env.CXX = conf.env.LINK_CXX = conf.env.CCACHE + (clang or [])
    conf.env.CXXFLAGS = [*FLAGS, "-fsanitize=fuzzer-no-link", *conf.env.GCCDEPS_FLAGS]
    conf.env.LINKFLAGS = [SANITIZERS, "-Wl,--as-needed", "-pthread"]
    conf.env.DEFINES = ["NS3_ASSERT_ENABLE", "NS3_LOG_ENABLE"]
    usable = clang and conf.check_cxx(
        fragment='extern "C" int LLVMFuzzerTestOneInput(const char*, long) { return 0; }\n',
        linkflags=["-fsanitize=fuzzer"],
        msg="Checking for libFuzzer",
        mandatory=False,
    )
    if not usable:
        conf.env.CXX = conf.env.LINK_CXX = []
    conf.setenv(default)


def names(bld):
    """Returns the names of the fuzzers: stack, of test/fuzz/stack-fuzzer.cc."""
    return [
        node.name[: -len(f"{SUFFIX}.cc")] for node in bld.path.ant_glob(f"{SOURCES}/*-fuzzer.cc")
    ]


def targets(bld):
    return [f"{FUZZ}/{name}{SUFFIX}" for name in names(bld)]


def is_usable(bld):
    return bool(bld.all_envs[FUZZ].CXX)


def build(bld, common):
    """Builds the fuzzers, and what they need of the module, with clang++ and the sanitizers."""
    environment = bld.all_envs[FUZZ]
    made = set()
    for name, target in zip(names(bld), targets(bld)):
        fuzzer = FUZZERS.get(name, STACK)
        flags = {**common, "includes": [*common["includes"], *fuzzer.includes]}
        if fuzzer.parts not in made:
            made.add(fuzzer.parts)
            sources = bld.path.ant_glob(fuzzer.sources, excl=fuzzer.excluded)
            bld.objects(
                target=fuzzer.parts,
                source=sources,
                use="NS3",
                env=environment.derive(),
                **flags,
            )
        bld.program(
            target=target,
            source=[f"{SOURCES}/{name}{SUFFIX}.cc"],
            use=[fuzzer.parts, "NS3"],
            env=environment.derive(),
            linkflags=["-fsanitize=fuzzer"],
            **flags,
        )


def limits(name):
    return [f"-max_len={FUZZERS.get(name, STACK).max_length}", *LIMITS]


def kept(bld, name):
    """Returns the folder of the kept corpus."""
    return Path(bld.path.abspath(), SOURCES, "corpus", name)


def folder(bld, kind, name):
    """Returns a folder below build/fuzz, which is there then."""
    path = Path(bld.bldnode.abspath(), FUZZ, kind, name)
    path.mkdir(parents=True, exist_ok=True)
    return path


def jobs(bld):
    """Returns the jobs of test: each fuzzer replays its kept corpus and makes its fixed runs."""
    if not is_usable(bld):
        return [(lambda: Result(FUZZ, skipped=2),) for _ in names(bld)]
    found = []
    for name, target in zip(names(bld), targets(bld)):
        program = bld.bldnode.find_node(target).abspath()
        fixed = FUZZERS.get(name, STACK).fixed_runs
        for title, runs in ((f"{name}: fixed runs", fixed), (f"{name}: replay", 0)):
            log = folder(bld, "test", name) / ("runs.log" if runs else "replay.log")
            command = [*steady(), program, *limits(name), *FIXED, f"-runs={runs}"]
            command.append(f"-artifact_prefix={folder(bld, 'crashes', name)}/")
            found.append((check, title, command, kept(bld, name), log))
    return found


def steady():
    """Returns a prefix of commands that keeps addresses the same at each run.

    What a run covers depends on them a little (ns-3 hashes pointers), and with that the inputs
    that follow. Where a container forbids it, only the replay is the same each time.
    """
    prefix = [shutil.which("setarch") or "setarch", "-R"]
    try:
        done = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    except OSError:
        return []
    return [] if done.returncode else prefix


def check(title, command, corpus, log):
    """Starts a fuzzer from this corpus: one check, passed when it exits with 0."""
    result, start = Result(FUZZ), time.monotonic()
    # A list in a file, since a folder is read in any order, on which the later inputs depend.
    inputs = sorted(path for path in corpus.glob("*") if path.is_file())
    if not inputs:
        result.fail(title, [f"there is no input in {corpus}"])
        return result
    seeds = log.with_suffix(".inputs")
    seeds.write_text(",".join(path.name for path in inputs))
    code, lines = run_logged([*command, f"-seed_inputs=@{seeds}"], log, cwd=corpus)
    if code == 0:
        result.passed = 1
    else:
        result.fail(f"{title}: {how_it_ended(code)}", [*digest(lines), f"all of it: {log}"])
    result.seconds = time.monotonic() - start
    return result


def digest(lines):
    """Returns what went wrong and, as libFuzzer says at the end, where the input is."""
    first = next((i for i, line in enumerate(lines) if COMPLAINT.search(line)), 0)
    shown = lines[first:]
    if len(shown) > SHOWN_LINES:
        half = SHOWN_LINES // 2
        shown = [*shown[:half], "...", *shown[-half:]]
    return [line if len(line) <= SHOWN_WIDTH else f"{line[:SHOWN_WIDTH]}..." for line in shown]


class Fuzz(Build.BuildContext):
    """fuzzes for a while"""

    cmd = FUZZ
    fun = "build"
    builds_fuzzers = True

    def execute_build(self):
        self.targets = ",".join(targets(self))
        if not self.targets:
            self.fatal(f"there is no fuzzer: {SOURCES}/*{SUFFIX}.cc")
        if not is_usable(self):
            self.fatal("clang++ with libFuzzer is missing (Debian: clang-16, libclang-rt-16-dev)")
        super().execute_build()
        broken = [name for name in names(self) if not self.run_fuzzer(name)]
        if broken:
            self.fatal(f"inputs that crash were found: {', '.join(broken)}")

    def run_fuzzer(self, name):
        """Fuzzes from the kept corpus and what was found before; returns whether all went well."""
        corpus, crashes = folder(self, "corpus", name), folder(self, "crashes", name)
        kept_corpus = kept(self, name)
        for path in kept_corpus.glob("*"):
            shutil.copy(path, corpus)
        top = Path(self.path.abspath())
        program = Path(self.bldnode.abspath(), FUZZ, name + SUFFIX).relative_to(top)
        corpus, crashes = corpus.relative_to(top), crashes.relative_to(top)
        command = [f"./{program}", *limits(name), *SLOW, f"-max_total_time={self.options.seconds}"]
        command += [f"-seed={self.options.seed}", f"-artifact_prefix={crashes}/", str(corpus)]
        Logs.pprint("GREEN", " ".join(command))
        code = subprocess.run(command, cwd=top, check=False).returncode
        print(
            f"\nNew inputs are in {corpus}; keep those that reach something new:\n"
            f"  ./{program} -merge=1 {limits(name)[0]} {kept_corpus.relative_to(top)} {corpus}"
        )
        if code:
            print(
                f"The input that failed is in {crashes} (see above); print it, and shorten it:\n"
                f"  TCP_FSM_FUZZ_TRACE=1 ./{program} {crashes}/crash-...\n"
                f"  ./{program} -minimize_crash=1 -runs=2000 {crashes}/crash-..."
            )
        return code == 0
