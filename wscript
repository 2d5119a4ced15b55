# SPDX-License-Identifier: GPL-2.0-only
"""Build rules; `./waf --help` lists the commands. The folders are searched anew at each build."""

import importlib.util
from pathlib import Path

import fuzz
from waflib import Build, Configure, Task, TaskGen, Utils

top = "."
out = "build"

# Any command configures when that has not been done or has become out of date.
Configure.autoconfig = True

# Only those a target really uses are linked to it (--as-needed).
NS3_MODULES = (
    "core",
    "network",
    "stats",
    "bridge",
    "traffic-control",
    "internet",
    "internet-apps",
    "applications",
    "point-to-point",
    "point-to-point-layout",
    "csma",
    "csma-layout",
    "flow-monitor",
    "virtual-net-device",
    "nix-vector-routing",
    "mobility",
    "wifi",
)

# Each of these folders is a program, tcp-fsm-<folder>. Its files other than main.cc are a static
# library too, for the tests and for other programs.
PROGRAMS = {
    "table": "tcp-fsm-peer",
    "demo": "tcp-fsm-demo-parts",
    "packetdrill": "tcp-fsm-packetdrill-parts",
    "bench": "tcp-fsm-bench-parts",
}

# Folders of test/ that hold no GoogleTest program.
OTHER_TESTS = ("fuzz", "ns3", "python")


def options(opt):
    opt.load("compiler_cxx")
    opt.load("checks demo docs fuzz wheel", tooldir="waftools")
    opt.add_option("--release", action="store_true", help="no assertions, no logging")


def init(ctx):
    if ctx.options.release:
        Build.BuildContext.variant = "release"


def configure(conf):
    conf.load("compiler_cxx clang_compilation_database")
    conf.env.GCCDEPS_FLAGS = ["-MMD"]
    conf.load("gccdeps")
    conf.env.prepend_value("CXXFLAGS", ["-std=c++20", "-O2", "-g", "-Wall", "-Wextra", "-Werror"])
    conf.check_cxx(
        fragment="#include <concepts>\n#include <span>\nint main() {}", msg="Checking for C++20"
    )
    conf.check_cfg(package="gmock_main", args="--cflags --libs", uselib_store="GTEST")
    find_ns3(conf)
    conf.find_program("ccache", mandatory=False)
    if "ccache" not in conf.env.CXX[0]:
        conf.env.CXX = conf.env.CCACHE + conf.env.CXX
    conf.env.append_value("RPATH", ["$ORIGIN", "$ORIGIN/.."])
    conf.env.append_value("LINKFLAGS", ["-Wl,--as-needed", "-pthread"])

    fuzz.configure(conf)
    conf.setenv("release", conf.env)
    conf.env.DEFINES = []
    conf.setenv("")
    conf.env.DEFINES = ["NS3_ASSERT_ENABLE", "NS3_LOG_ENABLE"]


def find_ns3(conf):
    conf.start_msg("Checking for ns-3")
    spec = importlib.util.find_spec("ns3")
    if not spec:
        conf.fatal("the wheel ns3 is not installed: start ./waf, which installs it in .venv")
    wheel = Path(spec.submodule_search_locations[0])
    core = next((wheel / "lib64").glob("libns3*-core.so"))
    prefix = core.name[len("lib") : -len("core.so")]
    conf.env.CXXFLAGS_NS3 = ["-isystem", str(wheel / "include")]
    conf.env.LIB_NS3 = [prefix + module for module in NS3_MODULES]
    conf.env.LIBPATH_NS3 = conf.env.RPATH_NS3 = [str(core.parent)]
    # The path does not tell one release from another: a new .venv configures and compiles anew.
    stamp = conf.path.find_node(".venv/.stamp")
    conf.files.append(stamp.abspath())
    conf.hash = Utils.h_list((conf.hash, stamp.read("rb")))
    conf.env.NS3_STAMP = [stamp.read()]
    conf.end_msg(prefix.rstrip("-"))


def build(bld):
    adjust_waf(bld)
    includes = [stage_headers(bld), "model", "model/engine", "helper", "table"]
    common = {"includes": includes, "install_path": None}
    # First, so that in the compilation database the library's flags are those of the library.
    wants_fuzzers = bld.cmd == "clangdb" or f"{fuzz.FUZZ}/" in bld.targets
    if fuzz.is_usable(bld) and (wants_fuzzers or getattr(bld, "builds_fuzzers", False)):
        fuzz.build(bld, common)
    sources = bld.path.ant_glob("model/**/*.cc helper/*.cc")
    if sources:
        bld.shlib(target="tcpfsm", source=sources, use="NS3", linkflags=["-Wl,-z,defs"], **common)
    parts = [PROGRAMS[folder] for folder in PROGRAMS if build_program(bld, folder, common)]
    for source in bld.path.ant_glob("examples/*.cc"):
        name = f"examples/{source.name[: -len('.cc')]}"
        bld.program(target=name, source=[source], use="tcpfsm NS3", **common)
    build_tests(bld, parts, common)
    make_command(bld)


def make_command(bld):
    """Makes <out>/tcpfsm, which starts the Python package's command in .venv."""
    top = bld.srcnode.path_from(bld.bldnode)
    command = bld.bldnode.make_node("tcpfsm")
    text = f"""#!/bin/sh
here=$(cd -P -- "$(dirname -- "$0")" && pwd)
TCP_FSM_BUILD=$here PYTHONPATH=$here/{top}/python${{PYTHONPATH:+:$PYTHONPATH}} \\
    exec "$here/{top}/.venv/bin/python" -m tcpfsm "$@"
"""
    if not command.exists() or command.read() != text:
        command.write(text)
        command.chmod(0o755)


def adjust_waf(bld):
    """Changes where waf compiles, where it puts objects, and what makes it compile anew."""
    # In the top folder, so that paths in messages and __FILE__ are right from there.
    bld.cwd = bld.cwdx = bld.path
    TaskGen.task_gen.get_cwd = lambda target: getattr(target.bld, "cwd", target.bld.bldnode)
    TaskGen.task_gen.create_compiled_task = create_compiled_task
    cxx = Task.classes["cxx"]
    cxx.vars = sorted({*cxx.vars, "NS3_STAMP"})
    # The compilation database would keep the entries of files that are gone.
    database = Path(bld.bldnode.abspath(), "compile_commands.json")
    if bld.cmd == "clangdb" and database.exists():
        database.unlink()


def create_compiled_task(target, name, source):
    """Puts objects in a folder of their own, since build/demo and build/test hold other things.

    waf would number them, and a new target would rename, thus compile, those of all after it.
    """
    bld = target.bld
    path = f"objects/{target.get_name()}/{source.path_from(bld.srcnode)}.o"
    task = target.create_task(name, source, bld.bldnode.find_or_declare(path))
    target.compiled_tasks = [*getattr(target, "compiled_tasks", []), task]
    return task


def stage_headers(bld):
    """Copies the public headers to <out>/include/ns3, where ns-3 scripts look for them."""
    texts = {}
    for header in bld.path.ant_glob("model/**/*.h helper/*.h"):
        if header.name in texts:
            bld.fatal(f"two headers have the name {header.name}")
        texts[header.name] = header.read()
    guard = "TCP_FSM_MODULE_H"
    lines = [f'#include "ns3/{name}"\n' for name in sorted(texts)]
    texts["tcp-fsm-module.h"] = "".join(
        [f"#ifndef {guard}\n#define {guard}\n\n", *lines, f"\n#endif // {guard}\n"]
    )
    include = bld.bldnode.make_node("include")
    folder = include.make_node("ns3")
    folder.mkdir()
    for stale in set(folder.listdir()).difference(texts):
        folder.make_node(stale).delete()
    for name, text in texts.items():
        copy = folder.make_node(name)
        if not copy.exists() or copy.read() != text:
            copy.write(text)
    return include


def build_program(bld, folder, common):
    """Builds a folder's program and library; returns whether there is a library."""
    sources = bld.path.ant_glob(f"{folder}/*.cc", excl=f"{folder}/main.cc")
    main = bld.path.find_node(f"{folder}/main.cc")
    if sources:
        peer = [] if folder == "table" else [PROGRAMS["table"]]
        libraries = [*peer, "tcpfsm", "NS3"]
        bld.stlib(target=PROGRAMS[folder], source=sources, use=libraries, **common)
    if main:
        libraries = [PROGRAMS[folder], PROGRAMS["table"], "tcpfsm", "NS3"]
        bld.program(target=f"tcp-fsm-{folder}", source=[main], use=libraries, **common)
    return bool(sources)


def build_tests(bld, parts, common):
    """Builds one GoogleTest program of each folder of test/; files in test/ itself serve all.

    Folders below those are theirs to use: sources there need not even compile.
    """
    common = {**common, "includes": [*common["includes"], *PROGRAMS, "test"]}
    shared = bld.path.ant_glob("test/*.cc")
    if shared:
        parts = ["tcp-fsm-test-parts", *parts]
        bld.stlib(target=parts[0], source=shared, use="tcpfsm NS3", **common)
    folders = {source.parent.name for source in bld.path.ant_glob("test/*/*.cc")}
    for name in sorted(folders.difference(OTHER_TESTS)):
        bld.program(
            target=f"test/{name}",
            source=bld.path.ant_glob(f"test/{name}/*.cc"),
            use=[*parts, "tcpfsm", "NS3", "GTEST"],
            suite=name,
            **common,
        )
