"""A microphone that gives nothing: tried again and again, given up after a minute. No process, no device, no real time."""

from __future__ import annotations

import pytest

from desktop import recorder_main
from desktop.recorder_main import Recorder


class Deaf:
    """A device that never gives sound."""

    def __init__(self) -> None:
        self.starts = 0

    def start(self, sink: object) -> None:
        self.starts += 1

    def stop(self) -> None:
        pass


def test_a_silent_device_is_opened_anew_until_it_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(recorder_main.time, "monotonic", lambda: now[0])
    source = Deaf()
    recorder = Recorder(None, source, None)  # type: ignore[arg-type]
    ends = []
    for _ in range(700):
        now[0] += 0.1
        why = recorder._judge_silence()
        if why is not None:
            ends.append((why, round(now[0] - 1000)))
            break
    assert ends == [("device", 60)] and source.starts == 11, "every five seconds"
    recorder._heard, recorder._reopened = now[0], 0
    now[0] += 4.9
    assert recorder._judge_silence() is None and source.starts == 11, "not before five seconds of silence"
