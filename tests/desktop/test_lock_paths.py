"""The real program locks when the system says so: the system waits, what was typed is kept, the process that held it ends."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest

from storage import Vault
from tests.attacks import canaries
from tests.attacks.conftest import Sitting
from tests.attacks.conftest import canary_notebook as canary_notebook
from tests.attacks.conftest import sittings as sittings
from tests.desktop.test_panic import TYPED, Open
from tests.desktop.test_signals import World, needs_bus
from tests.desktop.test_signals import world as world

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
    pytest.mark.timeout(90),
]
SYSTEMS_PATIENCE = 5.0  # seconds logind waits by default


def become_lock_screen(process: int) -> bool:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if b"--locked" in Path(f"/proc/{process}/cmdline").read_bytes():
            return True
        time.sleep(0.01)
    return False


def typed_text_is_kept(folder: Path) -> bool:
    with Vault.open(folder, bytearray(canaries.PASSPHRASE.encode())) as vault:
        assert vault.alarm is None
        texts = [draft.text for draft in vault.drafts()]
        texts += [told["text"] for doc in vault.docs("interview") for told in doc["narratives"]]
    return any(TYPED in text for text in texts)


@needs_bus
@pytest.mark.parametrize("words", [("sleep",), ("lid",), ("saver", "org.gnome.ScreenSaver"), ("hint",)])
def test_sleep_lid_and_locked_screen_lock_before_the_system_goes_on(
    words: tuple[str, ...], world: World, canary_notebook: Path, tmp_path: Path
) -> None:
    window = Open("writing", canary_notebook, tmp_path, "", world.environment(tmp_path / "home"))
    try:
        assert world.hear().startswith("held sleep Daftar")
        world.tell(*words)
        assert become_lock_screen(window.process.pid)
        released = world.hear().split()  # the delay lock goes with the process that held the keys
    finally:
        window.end()
    assert released[0] == "released"
    print(f"\n{words[0]}: locked and ended {float(released[1]) * 1000:.0f} ms after the system spoke")
    assert float(released[1]) < SYSTEMS_PATIENCE / 2
    assert typed_text_is_kept(window.folder)


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_asked_to_end_the_program_writes_seals_and_ends(
    name: str, canary_notebook: Path, tmp_path: Path
) -> None:
    window = Open("writing", canary_notebook, tmp_path, "")
    try:
        before = time.monotonic()
        window.process.send_signal(getattr(signal, name))
        assert window.process.wait(15) == 0
        print(f"\n{name}: ended after {(time.monotonic() - before) * 1000:.0f} ms")
    finally:
        window.end()
    assert typed_text_is_kept(window.folder)
    assert not list(window.folder.rglob("*-journal"))


@needs_bus
def test_a_passphrase_half_typed_does_not_wait_through_a_sleep(
    world: World, canary_notebook: Path, tmp_path: Path, sittings: list[Sitting]
) -> None:
    """At the gate there is nothing to seal: the letters go, and the computer may sleep at once."""
    sitting = Sitting(tmp_path, canary_notebook, environment=world.environment(tmp_path / "home"))
    sittings.append(sitting)
    assert world.hear().startswith("held")
    assert sitting.process.stdin is not None
    half = canaries.PASSPHRASE[:12]
    sitting.process.stdin.write(half.encode())
    sitting.process.stdin.flush()
    time.sleep(1.5)
    world.tell("sleep")
    assert world.hear().startswith("released")
