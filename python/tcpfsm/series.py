# SPDX-License-Identifier: GPL-2.0-only
"""Variables of sockets over time."""

from __future__ import annotations

import ctypes

import numpy
import pandas

from ._load import load, ns

VARIABLES = ("CongestionWindow", "SlowStartThreshold", "BytesInFlight", "RTT", "RTO")
"""What is usually followed."""

_SAMPLE = numpy.dtype([("time_ns", "i8"), ("value", "f8")])


class Series:
    """The values that some variables of a socket take, from `Socket.follow`."""

    def __init__(self, native: object, names: tuple[str, ...]) -> None:
        load("tcp-fsm-series.h")
        self._series = {}
        for name in names:
            series = ns.TcpFsmSeries.Follow(native, name)
            if not series:
                raise ValueError(f"sockets have no variable {name}; try {', '.join(VARIABLES)}")
            self._series[name] = series

    def frame(self) -> pandas.DataFrame:
        """Return a row for each change so far: time_ns, seconds, variable, value, unit.

        `variable` is a category, `unit` "s" or "octets". The first row of a variable has its value
        from `follow` on; what has not changed since then has none.
        """
        parts = []
        for code, series in enumerate(self._series.values()):
            samples = _samples(series)
            parts.append((samples, numpy.full(len(samples), code, dtype=numpy.int8)))
        samples = numpy.concatenate([each for each, _ in parts])
        codes = numpy.concatenate([each for _, each in parts])
        units = numpy.array([int(series.IsTime()) for series in self._series.values()])
        frame = pandas.DataFrame(
            {
                "time_ns": samples["time_ns"],
                "seconds": samples["time_ns"] / 1e9,
                "variable": pandas.Categorical.from_codes(codes, list(self._series)),
                "value": samples["value"],
                "unit": pandas.Categorical.from_codes(units[codes], ["octets", "s"]),
            }
        )
        return frame.sort_values("time_ns", kind="stable", ignore_index=True)


def _samples(series: object) -> numpy.ndarray:
    size = series.GetSamples().size() * _SAMPLE.itemsize
    octets = ctypes.string_at(series.GetAddress(), size) if size else b""
    return numpy.frombuffer(octets, dtype=_SAMPLE)
