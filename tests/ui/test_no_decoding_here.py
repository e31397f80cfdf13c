"""No foreign picture or PDF is decoded in the window's process: every screen is walked with the decoders trapped, and read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storage import AttachFile
from tests.ui.conftest import OpenWindow
from ui.gallery import content_desk
from ui.gallery.drawer import SHOTS

# What loads a picture from a file or from bytes in Qt; QImage and QPixmap of a size are only canvases.
LOADERS = re.compile(
    r"QImageReader|QMovie|QSvg|QPicture|loadFromData|fromData\(|QImage\.load|QPixmap\.load|QImage\(\s*(str|path|[\"'])|QPixmap\(\s*(str|path|[\"'])"
)
# Our own drawing, from files that ship.
OWN = {"ui/icons/__init__.py"}


def test_no_line_of_the_window_loads_a_picture_with_qt(root: Path) -> None:
    found = [
        f"{path.relative_to(root).as_posix()}:{number} {line.strip()}"
        for room in ("ui", "desktop")
        for path in sorted((root / room).rglob("*.py"))
        if path.relative_to(root).as_posix() not in OWN
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if LOADERS.search(line) and "json" not in line
    ]
    assert found == []


@pytest.fixture
def trapped(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every decoder of this process notes that it was asked for one of the attached files."""
    import pypdfium2
    from PIL import Image

    caught: list[str] = []
    mark = b"foreign-file-of-somebody"
    opening, document = Image.open, pypdfium2.PdfDocument.__init__

    def image(source: Any, *rest: Any, **more: Any) -> Any:
        data = source.getvalue() if isinstance(source, io.BytesIO) else source
        if isinstance(data, bytes) and mark in data:
            caught.append("Image.open")
        return opening(source, *rest, **more)

    def pdf(self: Any, source: Any, *rest: Any, **more: Any) -> None:
        if isinstance(source, bytes) and mark in source:
            caught.append("PdfDocument")
        document(self, source, *rest, **more)

    monkeypatch.setattr(Image, "open", image)
    monkeypatch.setattr(pypdfium2.PdfDocument, "__init__", pdf)
    yield caught


def test_the_trap_catches(trapped: list[str]) -> None:
    from exports.annexes.rasterise import rasterise
    from storage import InvalidInput

    for data in (b"\x89PNG\r\n\x1a\nforeign-file-of-somebody", b"%PDF-1.7\nforeign-file-of-somebody"):
        with pytest.raises(InvalidInput):
            list(rasterise(data))
    assert trapped == ["Image.open", "PdfDocument"]


def test_every_screen_is_shown_without_decoding_an_attached_file(
    opened: OpenWindow, trapped: list[str]
) -> None:
    for name, data in (
        ("a.png", b"\x89PNG\r\n\x1a\nforeign-file-of-somebody"),
        ("b.pdf", b"%PDF-1.7\nforeign-file-of-somebody"),
    ):
        opened.app.jobs.write(AttachFile(content_desk.DOCUMENT, data, name))
    opened.settle()
    seen = set()
    for shot in SHOTS:
        if shot.screen in seen:
            continue
        seen.add(shot.screen)
        screen = opened.go(shot.screen, shot.record)
        screen.grab()
    opened.go("evidence", content_desk.DOCUMENT).grab()
    assert trapped == []
    assert len(seen) > 8
