"""Sleep held off while it records, and what the battery says."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop import awake
from desktop.power import Battery, battery, battery_warning

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="logind and the kernel's files")


class Answer:
    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def arguments(self) -> list[Any]:
        return self._values


class Bus:
    """A system bus that answers what it is told to."""

    def __init__(self, values: list[Any], connected: bool = True) -> None:
        self.asked: list[Any] = []
        self._values, self._connected = values, connected

    def isConnected(self) -> bool:  # noqa: N802
        return self._connected

    def call(self, message: Any, _mode: Any, _wait: int) -> Answer:
        self.asked.append((message.member(), message.arguments()))
        return Answer(self._values)


@linux
def test_logind_is_asked_to_hold_sleep_and_the_file_is_kept(tmp_path: Path) -> None:
    from PySide6.QtDBus import QDBusUnixFileDescriptor

    with (tmp_path / "lock").open("wb") as file:
        bus = Bus([QDBusUnixFileDescriptor(file.fileno())])
        kept = awake.inhibitor(bus)
        assert kept is not None and os.fstat(kept).st_ino == os.fstat(file.fileno()).st_ino
        os.close(kept)
    assert bus.asked == [("Inhibit", ["sleep:idle:handle-lid-switch", "Daftar", "Daftar", "block"])]


@linux
@pytest.mark.parametrize("bus", [Bus([], connected=False), Bus([]), Bus(["refused"])])
def test_without_an_answer_it_records_all_the_same(bus: Bus) -> None:
    assert awake.inhibitor(bus) is None
    with awake.while_recording():
        pass


def supply(folder: Path, name: str, **values: str) -> None:
    (folder / name).mkdir(parents=True)
    for key, value in values.items():
        (folder / name / key).write_text(value + "\n", encoding="ascii")


@linux
def test_the_battery_as_the_kernel_tells_it(tmp_path: Path) -> None:
    assert battery(tmp_path) is None and battery(tmp_path / "absent") is None
    supply(tmp_path, "hidpp_battery_0", type="Battery", scope="Device", capacity="3", status="Discharging")
    assert battery(tmp_path) is None, "the mouse is not the computer"
    supply(
        tmp_path,
        "BAT0",
        type="Battery",
        status="Discharging",
        capacity="20",
        energy_now="100",
        energy_full="1000",
    )
    supply(
        tmp_path,
        "BAT1",
        type="Battery",
        status="Unknown",
        capacity="40",
        energy_now="300",
        energy_full="1000",
    )
    supply(tmp_path, "AC", type="Mains", online="0")
    assert battery(tmp_path) == Battery(20, False)
    words = battery_warning(tmp_path)
    assert words is not None and words.values == {"percent": 20}
    (tmp_path / "AC" / "online").write_text("1\n", encoding="ascii")
    assert battery(tmp_path) == Battery(20, True) and battery_warning(tmp_path) is None


@linux
def test_a_battery_that_tells_nonsense_is_not_believed(tmp_path: Path) -> None:
    supply(tmp_path, "BAT0", type="Battery", status="Discharging", capacity="many")
    assert battery(tmp_path) is None and battery_warning(tmp_path) is None
