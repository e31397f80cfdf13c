"""Every screen in every language: nothing is cut, everything is named and reached by keys, names vanish when they should."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QLineEdit, QScrollArea, QWidget

from ui.gallery import content
from ui.gallery.drawer import LANGUAGES, SHOTS
from ui.gallery.shots_gate import GATE
from ui.widgets.button import PaintedButton
from ui.widgets.passphrase import PassphraseField


def _shown(root: QWidget, kind: type[Any] = QWidget) -> Iterator[Any]:
    return (widget for widget in root.findChildren(kind) if widget.isVisibleTo(root))


def _clipped(root: QWidget) -> list[str]:
    """Labels and buttons whose words need more room than they have."""
    faults = []
    for label in _shown(root, QLabel):
        if not label.text():
            continue
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        if label.height() < needed - 1 or (not label.wordWrap() and label.width() < label.sizeHint().width()):
            faults.append(f"label {label.text()[:40]!r} {label.size()} needs {needed}")
    for button in _shown(root, PaintedButton):
        if button.hasHeightForWidth() and button.height() < button.heightForWidth(button.width()) - 2:
            faults.append(
                f"button {button.words[:40]!r} {button.size()} needs {button.heightForWidth(button.width())}"
            )
    for widget in (*_shown(root, QLabel), *_shown(root, PaintedButton)):
        if not _inside(widget, root):
            faults.append(
                f"outside {widget.accessibleName()[:40] or widget.metaObject().className()} {widget.geometry()}"
            )
    return faults


def _inside(widget: QWidget, root: QWidget) -> bool:
    """Whether it lies within what holds it, scroll areas downwards excepted."""
    at: QWidget | None = widget.parentWidget()
    while at is not None and at is not root:
        holder = at.parentWidget()
        if isinstance(at, QAbstractScrollArea) or isinstance(
            holder.parentWidget() if holder else None, QScrollArea
        ):
            width = at.width()
            left = widget.mapTo(at, QPoint(0, 0)).x()
            return left >= -1 and left + widget.width() <= width + 1
        box = QRect(widget.mapTo(at, QPoint(0, 0)), widget.size())
        if not at.rect().adjusted(-1, -1, 1, 1).contains(box):
            return False
        at = holder
    return True


def _unnamed(root: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} {widget.geometry()}"
        for widget in _shown(root)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and isinstance(widget, QAbstractButton | QLineEdit | QAbstractScrollArea | PassphraseField)
        and not isinstance(widget, QScrollArea)
        and not widget.accessibleName()
    ]


@pytest.mark.parametrize(("language", "scale"), [*((code, 100) for code in LANGUAGES), ("xx", 150)])
def test_nothing_is_cut_and_everything_is_named(opened: Any, language: str, scale: int) -> None:
    app = opened.app
    app.look.words.switch(language)
    app.look.theme.set("light", scale)
    faults: dict[str, list[str]] = {}
    for shot in SHOTS:
        screen = opened.go(shot.screen, shot.record)
        if shot.then is not None:
            shot.then(screen)
            opened.settle()
        found = _clipped(app.window) + [f"unnamed {name}" for name in _unnamed(app.window)]
        if found:
            faults[shot.name] = found
    assert faults == {}


def test_the_gate_is_whole_in_every_language(opened: Any) -> None:
    app = opened.app
    gate = app.window.gate
    app.window.layout().setCurrentWidget(gate)
    for language in LANGUAGES:
        app.look.words.switch(language)
        for scale in (100, 150):
            app.look.theme.set("light", scale)
            for step, show in GATE.items():
                show(app)
                opened.settle()
                assert _clipped(gate) == [], (language, scale, step)
                assert _unnamed(gate) == [], (language, scale, step)


def test_the_tab_key_reaches_every_control_and_comes_round(opened: Any) -> None:
    for shot in SHOTS:
        screen = opened.go(shot.screen, shot.record)
        if shot.then is not None:
            shot.then(screen)
            opened.settle()
        assert not _unreached(opened.app.window), shot.name


def _unreached(window: QWidget) -> set[str]:
    wanted = {
        id(widget): repr(widget)
        for widget in _shown(window)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isEnabled()
        and isinstance(widget, PaintedButton)
    }
    reached, at = set(), window
    for _ in range(4000):
        at = at.nextInFocusChain()
        reached.add(id(at))
        if at is window:
            break
    assert at is window
    return {name for key, name in wanted.items() if key not in reached}


def test_discreet_mode_hides_every_name(opened: Any) -> None:
    names = ("Назарова", "Каримов", "Содиқов", "Комил")
    opened.app.discreet.toggle()
    for screen, record in (("home", ""), ("people", ""), ("interviews", ""), ("cases", "")):
        opened.go(screen, record)
        assert not [name for name in names if name in _words(opened.app.window)], screen
    room = opened.go("interview", content.INTERVIEW)
    assert not [name for name in names if name in _words(room.side)]
    opened.app.discreet.toggle()
    opened.settle()
    assert "Назарова" in _words(room.side)


def _words(root: QWidget) -> str:
    said = [label.text() for label in _shown(root, QLabel)]
    said += [button.accessibleName() for button in _shown(root, PaintedButton)]
    for view in _shown(root, QAbstractScrollArea):
        say = getattr(view.itemDelegate(), "_say", None) if hasattr(view, "itemDelegate") else None
        if say is not None:
            for row in range(view.model().rowCount()):
                said += [
                    opened_text(view, part)
                    for part in say(view.model().index(row, 0).data(view.itemDelegate()._role))
                ]
    return "\n".join(said)


def opened_text(view: Any, part: Any) -> str:
    """A list row's text in words."""
    return str(view.look.t(part))


def test_a_language_is_switched_without_restart(opened: Any) -> None:
    opened.go("settings")
    shell = opened.app.window.shell
    assert shell.header.title.text() == "Settings"
    opened.app.settings.set("ui.language", "xx")
    opened.settle()
    assert shell.header.title.text() != "Settings" and "Sett" not in shell.status.state.text()
    opened.app.settings.set("ui.language", "en")
    opened.settle()
    assert shell.header.title.text() == "Settings"


def test_home_shows_no_name(opened: Any) -> None:
    opened.go("home")
    assert not [name for name in ("Назарова", "Каримов", "Содиқов") if name in _words(opened.app.window)]


def test_search_finds_by_another_spelling(opened: Any) -> None:
    home = opened.go("home")
    home.search.set_text("maktab")
    opened.qtbot.waitUntil(lambda: home.model.state.hits is not None, timeout=5000)
    assert any(hit.id == content.INTERVIEW for hit in home.model.state.hits)
