# SPDX-License-Identifier: GPL-2.0-only
"""Simulations: the frame in which networks are made and events happen."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Callable, Iterable

from . import _attributes, _script, rules
from ._links import OPTIONS, make_link
from ._load import ns
from ._quantity import choice, integer, names, nanoseconds
from .network import Network

if TYPE_CHECKING:
    import pandas

_STREAMS = 1000  # of the first network; far from those that ns-3 assigns by itself

_current: list[Simulation] = []
_kept: list[Path] = []
_count = itertools.count(1)


def keep_traces(folder: Path) -> None:
    """Keep the traces of all simulations from now on: FOLDER/NUMBER-transitions.npy and so on."""
    _kept[:] = [folder]


class Simulation:
    """A simulation, from `with tcpfsm.Simulation(seed=1) as simulation:` to the block's end.

    There is one at a time in a process. The same seed and run give the same traces, byte for byte.
    After the block, what was recorded can still be read.
    """

    def __init__(
        self, seed: int = 1, run: int = 1, profile: str = "rfc9293", *, reactions: bool = True
    ) -> None:
        """Choose random numbers by `seed` and `run`, and the hosts' profile (see `rules.profiles`).

        Without `reactions` only changes of state are recorded.
        """
        self._seed = integer(seed, "seed", 1, (1 << 32) - 1)
        self._run_number = integer(run, "run", 0, (1 << 63) - 1)
        self.profile = choice(profile, "profile", rules.profiles())
        self.networks: list[Network] = []
        self._records_reactions = reactions
        self._open = False
        self._running = False
        self._end = 0.0
        self._next_stream = _STREAMS
        self._defaults: dict[str, str] = {}
        self._files: dict[Path, str] = {}
        self._frames: dict[str, pandas.DataFrame] = {}

    def __enter__(self) -> Simulation:
        """Begin. Raises RuntimeError while another simulation is under way."""
        if _current:
            raise RuntimeError("another simulation is under way; end its with block first")
        if hasattr(self, "_folder"):
            raise RuntimeError("a simulation cannot be begun twice; make a new one")
        # What can fail comes first, so that the next simulation finds nothing under way.
        self._folder = Path(tempfile.mkdtemp(prefix="tcpfsm-"))
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        _current.append(self)
        self._open = True
        ns.RngSeedManager.SetSeed(self._seed)
        ns.RngSeedManager.SetRun(self._run_number)
        ns.RngSeedManager.ResetNextStreamIndex()
        self.record(ns.NodeContainer())
        return self

    def __exit__(self, *_error: object) -> None:
        """End: ns-3 forgets all nodes and events."""
        self._end = self.now
        self._open = False
        try:
            _script.forget_all()
            for network in self.networks:
                network._end()
            ns.Simulator.Destroy()
        finally:
            _current.remove(self)
            for name, value in self._defaults.items():
                ns.Config.SetDefaultFailSafe(name, ns.StringValue(value))
        self._frames.clear()
        number = next(_count)
        for folder in _kept:
            for file in self._folder.glob("*.npy"):
                shutil.copy(file, folder / f"{number}-{file.name}")

    @property
    def now(self) -> float:
        """Simulated time in seconds; after the simulation that of its end."""
        return ns.Simulator.Now().GetNanoSeconds() / 1e9 if self._open else self._end

    @property
    def running(self) -> bool:
        """Whether `run` is under way, so that this is a function that it called."""
        return self._running

    def set(self, **attributes: object) -> None:
        """Set attributes of TCP for the hosts and sockets made from now on, such as Msl="30s".

        Names are those of ns-3: of TcpFsmSocket, TcpFsmL4Protocol, TcpSocket and others. Those of
        the protocol are the hosts' own: they are set before the networks are made, or of a single
        host by `Host.set`. One of them is the congestion control, such as SocketType="TcpNewReno".
        The end of the simulation sets all back. Raises ValueError or TypeError for a name or value
        unknown to ns-3, RuntimeError for an attribute of hosts that exist.
        """
        self._check_open()
        for name, value in attributes.items():
            attribute = _attributes.find(name)
            text = attribute.text(value)
            if attribute.of_protocol and self.networks:
                remedy = "set it before the network, or by Host.set"
                raise RuntimeError(f"{name} counts for hosts made later: {remedy}")
            if not ns.Config.SetDefaultFailSafe(attribute.path, ns.StringValue(text)):
                raise ValueError(f"{name} is {value!r}: give {attribute.limits}")
            self._defaults.setdefault(attribute.path, attribute.default)

    def pair(self, **options: object) -> Network:
        """Make two hosts on a link.

        Options of links, here and below: rate ("10Mbps"), delay ("5ms"), queue ("100p", in packets
        or octets), loss (a probability), mtu (1500 octets). Options of hosts: stock, the numbers of
        those with ns-3's own TCP; profile, another than the simulation's.
        """
        helper, link, stock = self._helper(2, options)
        return self._add(helper.Pair(make_link(**link)), stock)

    def chain(self, hosts: int = 3, **options: object) -> Network:
        """Make 2 to 65 hosts in a row; those between the ends forward packets."""
        integer(hosts, "hosts", 2, 65)
        helper, link, stock = self._helper(hosts, options)
        return self._add(helper.Chain(hosts, make_link(**link)), stock)

    def star(self, hosts: int = 3, **options: object) -> Network:
        """Make hosts around a router."""
        integer(hosts, "hosts", 2, 10000)
        helper, link, stock = self._helper(hosts, options)
        return self._add(helper.Star(hosts, make_link(**link)), stock)

    def dumbbell(
        self, left: int = 2, right: int = 2, *, bottleneck: dict | None = None, **options: object
    ) -> Network:
        """Make two routers on a link, with hosts 0 to left - 1 at one and the rest at the other.

        Options of links are those of the hosts' links; `bottleneck` has those of the middle one.
        """
        integer(left, "left", 1, 10000)
        integer(right, "right", 1, 10000)
        middle = {} if bottleneck is None else bottleneck
        if not isinstance(middle, dict):
            raise TypeError(f"bottleneck is {middle!r}: give a dict, such as {{'rate': '1Mbps'}}")
        names(middle, OPTIONS)
        helper, link, stock = self._helper(left + right, options)
        topology = helper.Dumbbell(left, right, make_link(**link), make_link(**middle))
        return self._add(topology, stock)

    def record(self, nodes: object) -> None:
        """Record nodes made by hand, an ns-3 NodeContainer; networks are recorded anyway.

        Raises TypeError for what is none, ValueError for nodes without this module's TCP.
        """
        self._check_open()
        if not isinstance(nodes, ns.NodeContainer):
            raise TypeError(f"nodes is {nodes!r}: give a tcpfsm.ns.NodeContainer")
        for place in range(nodes.GetN()):
            node = nodes.Get(place)
            if not node.GetObject[ns.TcpFsmL4Protocol]():
                raise ValueError(f"node {node.GetId()} has no TCP to record: use TcpFsmHelper")
        helper = ns.TcpFsmTraceHelper()
        helper.EnableTransitions(self._file("transitions"), nodes)
        if self._records_reactions:
            helper.EnableReactions(self._file("reactions"), nodes)

    def trace(self, file: str | Path, what: str = "transitions") -> None:
        """Write a file, .csv or .npy, of transitions, reactions or connections of all hosts.

        It has what happens from now on: call it when the networks are made, before `Host.listen`,
        which is an event already. The file is complete after the with block. Raises RuntimeError
        before there are networks, OSError for a file that cannot be written.
        """
        self._check_open()
        choice(what, "what", ("transitions", "reactions", "connections"))
        self._check_networks()
        path = Path(file).resolve()
        choice(path.suffix, f"the suffix of {file}", (".csv", ".npy"))
        if self._files.get(path, what) != what:
            raise ValueError(f"file is {file}: it has {self._files[path]}; name another one")
        _check_writable(path)
        self._files[path] = what
        nodes = self._own_hosts()
        getattr(ns.TcpFsmTraceHelper(), f"Enable{what.capitalize()}")(str(path), nodes)

    def pcap(self, prefix: str | Path) -> None:
        """Capture the packets of all hosts, in a file for each device: PREFIX-NODE-DEVICE.pcap.

        Call it when the networks are made. Raises RuntimeError before, OSError for files that
        cannot be written.
        """
        self._check_open()
        self._check_networks()
        for host in itertools.chain(*self.networks):
            for device in range(host.node.GetNDevices()):
                if host.node.GetDevice(device).IsPointToPoint():
                    _check_writable(Path(f"{prefix}-{host.id}-{device}.pcap"))
        for network in self.networks:
            ns.TcpFsmTraceHelper().EnablePcap(str(prefix), network.topology.GetHosts())

    def at(self, time: float, function: Callable[[], object]) -> _script.Call:
        """Call a function at a time in simulated seconds; the result can be cancelled.

        Raises ValueError for a time that is past.
        """
        self._check_open()
        if not callable(function):
            raise TypeError(f"function is {function!r}: give a function without arguments")
        return _script.schedule(self._delay(time), _script.NO_CONTEXT, function)

    def run(self, until: float | None = None) -> None:
        """Run until a time in simulated seconds, or until nothing is left to happen.

        The end may be long after what is of interest: timers that were cancelled, such as that of
        FIN-WAIT-2, still pass. It can be called again to go on. What a function that it calls
        raises, comes out of it with its traceback; Ctrl-C raises KeyboardInterrupt after the event
        under way.
        """
        self._check_open()
        if self._running:
            raise RuntimeError("the simulation runs already; stop() ends the run")
        end = -1
        if until is not None:
            end = nanoseconds(until, "until")
            self._delay(until, "until")
        self._running = True
        try:
            _script.run(end)
        finally:
            self._running = False
            self._frames.clear()

    def stop(self) -> None:
        """End the run after the event under way."""
        self._check_open()
        ns.Simulator.Stop()

    @property
    def transitions(self) -> pandas.DataFrame:
        """All changes of state so far; `tcpfsm.trace.read` tells the columns."""
        return self._frame("transitions")

    @property
    def reactions(self) -> pandas.DataFrame:
        """All that TCP reacted to so far. Raises RuntimeError where that was not to be recorded."""
        if not self._records_reactions:
            raise RuntimeError("reactions were not recorded: Simulation(reactions=True) does")
        return self._frame("reactions")

    def _frame(self, name: str) -> pandas.DataFrame:
        from .trace import read_npy  # noqa: PLC0415  # pandas takes long to load

        if not hasattr(self, "_folder"):
            raise RuntimeError("the simulation has not begun; use it in a with statement")
        if self._running or name not in self._frames:
            if self._open:
                ns.TcpFsmTraceHelper.Flush()
            self._frames[name] = read_npy(self._file(name))
        return self._frames[name].copy(deep=False)  # columns may be added

    def _file(self, name: str) -> str:
        return str(self._folder / f"{name}.npy")

    def _helper(self, hosts: int, options: dict) -> tuple[object, dict, set[int]]:
        self._check_open()
        link = dict(options)
        profile = choice(link.pop("profile", self.profile), "profile", rules.profiles())
        numbers = _many(link.pop("stock", ()))
        names(link, (*OPTIONS, "stock", "profile"))
        stock = {integer(number, "stock", 0, hosts - 1) for number in numbers}
        tcp = ns.TcpFsmHelper()
        tcp.SetProfile(profile)
        helper = ns.TcpFsmTopologyHelper()
        helper.SetTcp(tcp)
        helper.SetStockHosts(sorted(stock))
        return helper, link, stock

    def _add(self, topology: object, stock: set[int]) -> Network:
        network = Network(self, topology, stock)
        self.networks.append(network)
        self._assign_streams(topology)
        self.record(self._own_hosts(network))
        return network

    def _own_hosts(self, network: Network | None = None) -> object:
        nodes = ns.NodeContainer()
        for each in [network] if network else self.networks:
            for host in each:
                if not host.stock:
                    nodes.Add(host.node)
        return nodes

    def _assign_streams(self, owner: object) -> None:
        self._next_stream += owner.AssignStreams(self._next_stream)

    def _call(self, at: float | None, context: int, function: Callable[[], object]) -> None:
        self._check_open()
        if at is None and self._running:
            function()
        else:
            delay = 0 if at is None else self._delay(at)
            _script.schedule(delay, context, function)

    def _delay(self, time: float, name: str = "at") -> int:
        delay = nanoseconds(time, name) - ns.Simulator.Now().GetNanoSeconds()
        if delay < 0:
            raise ValueError(f"{name} is {time}: it is {self.now} s already")
        return delay

    def _check_open(self) -> None:
        if not self._open:
            raise RuntimeError(
                "the simulation is not under way: call this inside of its with statement"
            )

    def _check_networks(self) -> None:
        if not self.networks:
            raise RuntimeError("there are no hosts to trace: make the networks first")


def _check_writable(path: Path) -> None:
    # By opening it, as permissions alone do not tell.
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{path}: there is no folder {path.parent}")
    existed = path.exists()
    try:
        path.open("ab").close()
    except OSError as error:
        remedy = "name a file in a folder that may be written to"
        raise type(error)(error.errno, f"{error.strerror}; {remedy}", str(path)) from None
    if not existed:
        path.unlink()


def _many(value: int | Iterable[int]) -> Iterable[int]:
    return value if isinstance(value, Iterable) else (value,)
