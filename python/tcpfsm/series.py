# SPDX-License-Identifier: GPL-2.0-only
"""Variables of sockets over time."""

from __future__ import annotations

import ctypes
from typing import Callable

import numpy
import pandas

from ._load import load, ns
from .socket import check_native

VARIABLES = ("CongestionWindow", "SlowStartThreshold", "BytesInFlight", "RTT", "RTO")
"""What is usually followed."""

_SAMPLE = numpy.dtype([("time_ns", "i8"), ("value", "f8")])


class Series:
    """The values that some variables of a socket take, from its `follow` or an application's."""

    def __init__(
        self,
        native: object | None,
        names: tuple[str, ...],
        *,
        begin: Callable[[], int] = lambda: 0,
    ) -> None:
        # Without an ns-3 socket there is one later; nothing is told of the time before `begin`.
        self._series = dict.fromkeys(names)
        self._begin = begin
        if native is not None:
            self._follow(native)

    def _follow(self, native: object) -> None:
        check_native(native)
        load("tcp-fsm-series.h")
        for name in self._series:
            series = ns.TcpFsmSeries.Follow(native, name)
            if not series:
                raise ValueError(f"sockets have no variable {name}; try {', '.join(VARIABLES)}")
            self._series[name] = series

    def frame(self) -> pandas.DataFrame:
        """Return a row for each change so far: time_ns, seconds, variable, value, unit.

        `variable` is a category, `unit` "s" or "octets". The first row of a variable has its value
        from `follow` on, or from the SYN on if that is later; what has not changed since then has
        none.
        """
        parts = []
        for code, series in enumerate(self._series.values()):
            samples = _samples(series)
            parts.append((samples, numpy.full(len(samples), code, dtype=numpy.int8)))
        samples = numpy.concatenate([each for each, _ in parts])
        codes = numpy.concatenate([each for _, each in parts])
        units = numpy.array([bool(series and series.IsTime()) for series in self._series.values()])
        times = numpy.maximum(samples["time_ns"], self._begin())
        frame = pandas.DataFrame(
            {
                "time_ns": times,
                "seconds": times / 1e9,
                "variable": pandas.Categorical.from_codes(codes, list(self._series)),
                "value": samples["value"],
                "unit": pandas.Categorical.from_codes(
                    units[codes].astype(numpy.int8), ["octets", "s"]
                ),
            }
        )
        return frame.sort_values("time_ns", kind="stable", ignore_index=True)


def _samples(series: object | None) -> numpy.ndarray:
    if not series:
        return numpy.empty(0, dtype=_SAMPLE)
    size = series.GetSamples().size() * _SAMPLE.itemsize
    octets = ctypes.string_at(series.GetAddress(), size) if size else b""
    return numpy.frombuffer(octets, dtype=_SAMPLE)
