"""A double click as the window system sends it: one press, whatever the first half put under the pointer."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def slowly(opened: Any) -> Any:
    QApplication.setDoubleClickInterval(400)  # `clicks` puts back what it found
    return opened


def double(opened: Any, widget: QWidget) -> None:
    opened.settle()
    window = opened.app.window
    at = widget.mapTo(window, QPoint(widget.width() // 2, widget.height() // 2))
    QTest.mouseDClick(window.windowHandle(), LEFT, NONE, at)
    opened.settle()


def test_a_button_that_stays_is_pressed_once(slowly: Any) -> None:
    screen = slowly.go("ways_in")
    pressed: list[str] = []
    screen.model.begin("kit")
    slowly.settle()
    screen.cancel.clicked.connect(lambda: pressed.append("once"))
    double(slowly, screen.cancel)
    assert len(pressed) == 1 and screen.model.state.step == "list"


def test_of_three_shares_none_is_passed_over(slowly: Any) -> None:
    screen = slowly.go("ways_in")
    screen.model.begin("kit")
    slowly.qtbot.keyClicks(screen.panel.box.field, "gallery")
    screen.primary.click()
    slowly.settle()
    screen.panel.kit.choose("shares")
    screen.primary.click()
    slowly.settle()
    assert screen.panel.kit.state.share == 0
    double(slowly, screen.primary)
    assert screen.panel.kit.state.share == 1


def test_a_new_interview_is_not_begun_by_the_click_that_asked_for_it(slowly: Any) -> None:
    home = slowly.go("home")
    double(slowly, home.begin)
    screen = slowly.app.window.current_screen()
    assert screen is not home and screen.record_id == "" and not screen.close_button.isVisible()


def test_enter_pressed_twice_does_not_make_deletion_final(slowly: Any) -> None:
    screen = slowly.go("care")
    screen.follow_place("purge")
    slowly.settle()
    slowly.app.window.activateWindow()
    page = screen.pages["purge"]
    screen.act.setFocus()
    for _ in range(2):
        slowly.qtbot.keyClick(slowly.app.window.focusWidget(), Qt.Key.Key_Return)
        slowly.settle()
    assert not page.yes.isVisible() and not screen.model.state.busy
    assert screen.model.state.outcomes.get("purge") is None
