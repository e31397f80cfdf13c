"""When the notebook locks, and that nothing can keep the process alive."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from desktop import autolock
from desktop.autolock import AutoLock, clamp_minutes, lock


class Clock:
    def __init__(self) -> None:
        self.steady, self.wall = 1000.0, 1_800_000_000.0

    def pass_time(self, seconds: float, *, asleep: bool = False) -> None:
        self.wall += seconds
        self.steady += 0 if asleep else seconds

    def policy(self, minutes: int = 3) -> AutoLock:
        return AutoLock(minutes, monotonic=lambda: self.steady, wall=lambda: self.wall)


def test_it_locks_after_the_idle_time_and_not_before() -> None:
    clock = Clock()
    policy = clock.policy()
    clock.pass_time(179)
    assert policy.tick().lock is None
    assert policy.tick().left == pytest.approx(1)
    clock.pass_time(1)
    assert policy.tick().lock == "idle"


def test_activity_starts_the_time_anew() -> None:
    clock = Clock()
    policy = clock.policy()
    for _ in range(10):
        clock.pass_time(100)
        policy.activity()
        assert policy.tick().lock is None


def test_a_sleep_locks_although_the_steady_clock_stood_still() -> None:
    clock = Clock()
    policy = clock.policy()
    policy.tick()
    clock.pass_time(31, asleep=True)
    assert policy.tick().lock == "slept"


def test_a_wall_clock_set_back_counts_as_a_jump_too() -> None:
    clock = Clock()
    policy = clock.policy()
    clock.wall -= 3600
    assert policy.tick().lock == "slept"


def test_a_key_pressed_right_after_waking_does_not_hide_the_sleep() -> None:
    clock = Clock()
    policy = clock.policy()
    clock.pass_time(600, asleep=True)
    policy.activity()
    assert policy.tick().lock == "slept"


def test_small_corrections_of_the_clock_do_not_lock() -> None:
    clock = Clock()
    policy = clock.policy()
    clock.wall += 29
    assert policy.tick().lock is None


def test_the_system_saying_it_will_sleep_locks_at_once() -> None:
    clock = Clock()
    policy = clock.policy()
    policy.suspending()
    policy.activity()
    assert policy.tick().lock == "slept"


def test_the_idle_time_stays_between_one_and_fifteen_minutes() -> None:
    assert [clamp_minutes(value) for value in (-5, 0, 1, 7, 15, 600)] == [1, 1, 1, 7, 15, 15]
    clock = Clock()
    policy = clock.policy(0)
    clock.pass_time(61)
    assert policy.tick().lock == "idle"
    policy.set_minutes(15)
    assert policy.tick().lock is None


class Left(BaseException):
    pass


class Parts:
    def __init__(self, failing: str = "") -> None:
        self.calls: list[str] = []
        self.failing = failing

    def _step(self, name: str) -> None:
        self.calls.append(name)
        if name == self.failing:
            raise RuntimeError

    def blank_windows(self) -> None:
        self._step("blank")

    def commit_drafts(self, seconds: float) -> None:
        assert seconds == 0.3
        self._step("commit")

    def seal(self) -> None:
        self._step("seal")

    def end_workers(self) -> None:
        self._step("workers")


def leave(vault: Path | None) -> NoReturn:
    raise Left


@pytest.mark.parametrize("failing", ["", "blank", "commit", "seal", "workers"])
def test_every_step_is_taken_in_order_and_no_failure_keeps_the_process(failing: str) -> None:
    parts = Parts(failing)
    with pytest.raises(Left):
        lock(parts, None, leave)
    assert parts.calls == ["blank", "commit", "seal", "workers"]


def test_an_interrupt_in_a_step_still_ends_the_process() -> None:
    parts = Parts()
    parts.seal = lambda: (_ for _ in ()).throw(KeyboardInterrupt)  # type: ignore[method-assign]
    with pytest.raises(Left):
        lock(parts, None, leave)


def test_the_lock_screen_is_this_program_and_knows_only_the_folder() -> None:
    command = autolock.paths.lock_screen_command(Path("notes") / "one")
    assert command[1] == "-I"
    assert command[-3:] == ("--locked", "--", str(Path("notes") / "one"))


def test_the_lock_screen_speaks_the_language_of_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop import bootstrap, cli

    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    monkeypatch.delenv(bootstrap.paths.LANGUAGE, raising=False)
    assert cli.system_language() == "ru"
    monkeypatch.setenv(bootstrap.paths.LANGUAGE, "")
    monkeypatch.setattr(bootstrap.autolock, "lock", lambda *_parts: None)

    class Parts:
        language = "uz_Cyrl"
        closing_code = ""

    bootstrap.lock(Parts(), None)  # type: ignore[arg-type]
    assert cli.system_language() == "uz_Cyrl"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows starts a second process instead")
def test_the_process_becomes_the_lock_screen_and_nothing_of_it_is_left(root: Path) -> None:
    script = f"""
import os, sys
sys.path.insert(0, {str(root)!r})
from desktop import autolock
after = "import os, sys; print(os.getpid(), *sys.argv[1:])"
autolock.paths.lock_screen_command = lambda vault: (sys.executable, "-c", after, "--locked", "--", str(vault))
print(os.getpid())
class Parts:
    def blank_windows(self): pass
    def commit_drafts(self, seconds): raise RuntimeError
    def seal(self): pass
    def end_workers(self): pass
autolock.lock(Parts(), "notes")
"""
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    before, after = done.stdout.splitlines()
    assert after == f"{before} --locked -- notes"
