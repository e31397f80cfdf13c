"""What a recovery kit leaves in memory: while it is shown its digits are found there, after the step is left they are not."""

from __future__ import annotations

import contextlib
import gc
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from storage import digit_bytes
from storage.crypto.recovery import draw_code
from ui.wiping import wipe_bytes

OWN = "gallery"
_MASK = 0x5A
_FLIP = bytes(byte ^ _MASK for byte in range(256))
_PIECE = 4 << 20


def masked(secret: bytes | bytearray) -> bytes:
    """The secret in a form that the scan does not mistake for a copy of it."""
    return bytes(byte ^ _MASK for byte in secret)


def memory() -> Iterator[bytearray]:
    """The writable memory of this process, piece by piece, masked; the pieces overlap.

    What was read and what was made of it are emptied before they are freed: else the next scan would find what only this
    one had copied, or what it had made of the pattern itself, which masked once more is the secret.
    """
    own = Path("/proc/self")
    with (own / "mem").open("rb", buffering=0) as mem:
        for line in (own / "maps").read_text("ascii", "replace").splitlines():
            span, rights = line.split()[:2]
            if not rights.startswith("rw") or line.endswith(("[vvar]", "[vsyscall]")):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            for at in range(start, end, _PIECE):
                piece = bytearray(min(_PIECE + 256, end - at))
                with contextlib.suppress(OSError, ValueError, OverflowError):
                    mem.seek(at)
                    mem.readinto(piece)
                found = piece.translate(_FLIP)
                wipe_bytes(piece)
                yield found
                wipe_bytes(found)


def copies(pattern: bytes) -> int:
    """How often a masked pattern stands in memory."""
    gc.collect()
    return sum(piece.count(pattern) for piece in memory())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_scan_sees_a_secret_and_leaves_no_copy_of_it() -> None:
    for seed in (5, 9, 17):
        # Gaps of many sizes in the heap, in which a piece that was read and freed would stay.
        sizes = random.Random(seed)
        gaps = [bytearray(sizes.randrange(100, 3_000_000)) for _ in range(30)]
        gaps = [gap for gap in gaps if sizes.random() < 0.5]
        secret = draw_code()
        hidden = masked(secret)
        assert copies(hidden) >= 1
        copies(b"x" * 20)
        wipe_bytes(secret)
        filled = [bytearray(sizes.randrange(100, 300_000)) for _ in range(10)]
        assert copies(hidden) == 0, seed
        del gaps, filled


def press(opened: Any, screen: Any) -> None:
    opened.qtbot.mouseClick(screen.primary, Qt.MouseButton.LeftButton)
    opened.settle()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("ending", ["put into force", "left while shown", "left while typed back"])
def test_the_digits_are_gone_when_the_step_is_left(opened: Any, ending: str) -> None:
    screen = opened.go("ways_in")
    screen.model.begin("kit")
    opened.qtbot.keyClicks(screen.panel.box.field, OWN)
    press(opened, screen)
    screen.panel.options._options[0].click()
    press(opened, screen)
    code = screen.panel.kit._code
    digits = digit_bytes(code)
    hidden_code, hidden_digits = masked(code), masked(digits)
    # Masked sign by sign: a text of them all, joined first, would leave the very copy that is looked for.
    wide = bytes(byte ^ _MASK for digit in digits for byte in (digit, 0))
    wipe_bytes(digits)
    del digits, code
    assert copies(hidden_code) >= 1 and copies(hidden_digits) >= 1, "the scan must see what is shown"
    assert copies(wide) == 0, "Qt was given signs, never the whole"
    if ending != "left while shown":
        press(opened, screen)
        for group in range(11 if ending == "put into force" else 9):
            typed = "".join(chr(byte ^ _MASK) for byte in hidden_digits[group * 5 : group * 5 + 5])
            opened.qtbot.keyClicks(screen.panel.cells, typed)
    if ending == "put into force":
        press(opened, screen)
        assert screen.model.state.kit is not None
    opened.go("home")
    assert (copies(hidden_code), copies(hidden_digits), copies(wide)) == (0, 0, 0)
