"""`python -m ui.gallery --out DIR [--lang L] [--theme T] [--screen S] [--shots]`: the pictures. Must not touch a real notebook."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage

import i18n
from storage import Environment, KdfCost, Vault
from ui.app import App, make_application
from ui.context import Program
from ui.gallery import content
from ui.gallery.drawer import LANGUAGES, THEMES, Drawer
from ui.gallery.sample_machine import SampleMachine
from ui.gallery.shots_session import SampleRecorders

DAY = date(2026, 5, 14)
NOW = datetime(2026, 5, 14, 8, 41, tzinfo=UTC)
PICTURES = {
    ("interview", "light"): "interview.png",
    ("lock", "light"): "lock.png",
    ("case", "light"): "case.png",
    ("petition", "light"): "petition.png",
    ("redaction", "dark"): "redaction.png",
}
"""The README's pictures: which screen in which theme, under which name."""


_DEMONSTRATION = Path(__file__).parents[2] / "desktop" / "demo" / "content" / "10-interviews.json"
"""Its records are read as data: the window's room does not import the program's."""


def _never(*_args: object, **_more: object) -> NoReturn:
    raise RuntimeError("the gallery neither creates nor locks")


def make_program(folder: Path) -> Program:
    """A program that opens the gallery's notebook and stands still in time."""
    return Program(
        catalog=i18n.catalog,
        open_vault=Vault.open,
        create_vault=_never,
        lock=_never,
        folder=folder,
        default_folder=Path("Documents"),
        cannot_connect=True,
        machine=SampleMachine(),
        recorders=SampleRecorders(),
        practise=_practise,
        today=_today,
        now=_now,
    )


def _today() -> date:
    return DAY


def _now() -> datetime:
    return NOW


def _now_ms() -> int:
    return int(NOW.timestamp() * 1000)


def _practise() -> None:
    return None


def make_notebook(folder: Path, demonstration: Path | None = None) -> None:
    """Make the notebook of invented people; the cheapest key derivation, as in tests. `demonstration` is taken in too."""
    cost = KdfCost(memory_kib=8192, iterations=1, lanes=1)
    env = Environment(now_ms=_now_ms)  # else the window would say that its clock is behind the notebook
    with Vault.create(folder, bytearray(b"gallery"), cost=cost, env=env) as vault:
        content.fill(vault)
        if demonstration is not None:
            content.fill_demonstration(vault, demonstration)


def _save(app: App, out: Path, say: Callable[[str], object], name: str, language: str, theme: str) -> None:
    path = out / f"{name}-{language}-{theme}.png"
    app.window.grab().save(str(path))
    say(f"{path.name}\n")


def _save_picture(
    app: App, out: Path, say: Callable[[str], object], name: str, _language: str, theme: str
) -> None:
    picture = PICTURES.get((name, theme))
    if picture is not None:
        app.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32).save(
            str(out / picture), None, 0
        )
        say(f"{picture}\n")


def main(arguments: list[str]) -> int:
    """Draw; 0 when all is drawn."""
    parser = argparse.ArgumentParser(prog="python -m ui.gallery")
    parser.add_argument("--out", type=Path, default=Path("build/gallery"))
    parser.add_argument("--lang", choices=LANGUAGES, action="append")
    parser.add_argument("--theme", choices=THEMES, action="append")
    parser.add_argument("--screen", action="append")
    parser.add_argument("--shots", action="store_true", help="only the README's pictures, in English")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    screens = tuple(options.screen or ({name for name, _theme in PICTURES} if options.shots else ()))
    languages = tuple(options.lang or (("en",) if options.shots else LANGUAGES))
    application = make_application(["gallery"])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "notebook"
        make_notebook(folder, _DEMONSTRATION if "petition" in screens else None)
        app = App(make_program(folder))
        app.show()
        drawer = Drawer(app, languages, tuple(options.theme or THEMES), screens, app)
        save = _save_picture if options.shots else _save
        drawer.shot.connect(partial(save, app, options.out, sys.stdout.write))
        drawer.finished.connect(application.quit)
        drawer.start()
        application.exec()
        app.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
