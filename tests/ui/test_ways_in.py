"""The ways in, as a person meets them: asked again, changed, added, removed; the kit shown, typed back, tried; what goes wrong."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from i18n.message import Message
from storage import EnvironmentProblem, Files, Vault, WrongPassphrase, code_digits, digit_bytes
from storage.ways_in import WaysIn
from ui.views.ways_in_list import WayLine
from ui.views.ways_in_paper import PagesLeft
from ui.widgets.secret_cells import SecretCells

OWN = b"gallery"
NEW = "olma anor gilos tarvuz qovun behi shaftoli"
OTHER = "kitob daftar qalam ruchka stol stul deraza"


def screen_at(opened: Any, step: str, *, asked: bool = True) -> Any:
    """The screen, in a step; `asked`: the passphrase was given."""
    screen = opened.go("ways_in")
    screen.model.begin(step)
    if asked and screen.panel.step == "ask":
        opened.qtbot.keyClicks(screen.panel.box.field, OWN.decode())
        press(opened, screen)
    assert screen.panel.step == step
    return screen


def press(opened: Any, screen: Any) -> None:
    opened.qtbot.mouseClick(screen.primary, Qt.MouseButton.LeftButton)
    opened.settle()


def type_own(opened: Any, form: Any, text: str, again: str | None = None) -> None:
    form.choice.to_own.click()
    opened.qtbot.keyClicks(form.choice.first.field, text)
    opened.qtbot.keyClicks(form.choice.second.field, text if again is None else again)


def opens(opened: Any, text: str) -> bool:
    """Whether a passphrase proves itself in the open notebook, by both header copies."""

    def prove(vault: Vault) -> bool:
        try:
            vault.ways_in.check_passphrase(bytearray(text.encode()))
        except WrongPassphrase:
            return False
        return True

    return bool(opened.ask(prove))


def kit_opens(opened: Any, code: bytearray) -> bool:
    def prove(vault: Vault) -> bool:
        try:
            vault.ways_in.check_code(bytearray(code))
        except WrongPassphrase:
            return False
        return True

    return bool(opened.ask(prove))


def type_groups(opened: Any, cells: SecretCells, groups: list[str]) -> None:
    for group in groups:
        opened.qtbot.keyClicks(cells, group)


def words_of(root: QWidget) -> str:
    said = [label.text() for label in root.findChildren(QLabel)]
    said += [widget.accessibleName() + widget.toolTip() for widget in root.findChildren(QWidget)]
    said += [edit.toPlainText() for edit in root.findChildren(QPlainTextEdit)]
    return "\n".join(said)


def problem_of(panel: Any) -> str:
    return panel.problem.text() if not panel.problem.isHidden() else ""


# The list


def test_the_list_says_what_there_is_and_by_which_one_came_in(opened: Any) -> None:
    screen = opened.go("ways_in")
    words = words_of(screen)
    assert "Passphrase" in words and "You came in by this." in words and "Room for 3 more" in words
    assert screen.primary.words == "Make a recovery kit"


def test_a_way_whose_making_was_stopped_is_said_plainly_and_can_be_removed(opened: Any) -> None:
    def stop(vault: Vault) -> None:
        ways = vault.ways_in
        notes = ways._notes()
        free = next(slot for slot in ways.own_slots() if slot not in {note.slot for note in notes})
        ways._write([*notes, replace(notes[0], slot=free, certain=False, label="half")], None, free)

    opened.ask(lambda vault: stop(vault) or True)
    screen = opened.go("ways_in")
    assert "The program stopped while this was being made" in words_of(screen)
    (line,) = [line for line in screen.findChildren(WayLine) if "half" in words_of(line)]
    line.remove.click()
    opened.qtbot.keyClicks(screen.panel.box.field, OWN.decode())
    press(opened, screen)
    assert screen.panel.headline().source == "Remove this way in?"
    press(opened, screen)
    assert len(screen.model.state.ways) == 1 and "half" not in words_of(screen)


# Asked again


@pytest.mark.parametrize("step", ["change", "add", "kit", "remove"])
def test_every_change_asks_for_the_passphrase_first_and_once_for_a_visit(opened: Any, step: str) -> None:
    screen = screen_at(opened, step, asked=False) if step == "list" else opened.go("ways_in")
    screen.model.begin(step, screen.model.state.ways[0].slot)
    assert screen.panel.step == "ask" and not screen.primary.isEnabled()
    opened.qtbot.keyClicks(screen.panel.box.field, "galleri")
    press(opened, screen)
    assert screen.panel.step == "ask" and screen.panel.box.is_empty
    assert "does not open this notebook" in words_of(screen)
    opened.qtbot.keyClicks(screen.panel.box.field, OWN.decode())
    opened.qtbot.keyClick(screen.panel.box.field, Qt.Key.Key_Return)
    opened.settle()
    assert screen.panel.step == step
    screen.cancel.click()
    screen.model.begin("add")
    assert screen.panel.step == "add", "asked once"
    screen = opened.go("home")
    screen = opened.go("ways_in")
    screen.model.begin("add")
    assert screen.panel.step == "ask", "another visit, another question"


def test_the_drill_is_not_asked_for_and_the_kit_of_a_new_empty_notebook_neither(opened: Any) -> None:
    screen = opened.go("ways_in")
    screen.model.begin("drill")
    assert screen.panel.step == "drill"
    assert not screen.model.state.fresh, "this notebook holds records"
    screen.model._become(replace(screen.model.state, step="list", fresh=True))
    screen.model.begin("change")
    assert screen.panel.step == "ask"
    screen.model.begin("kit")
    assert screen.panel.step == "kit"


def test_another_screen_opens_the_kit_or_the_drill_at_once_and_nothing_else(opened: Any) -> None:
    for place, step in (("kit", "ask"), ("drill", "drill"), ("remove", "list"), ("change", "list")):
        opened.go("home")
        opened.app.navigator.go("ways_in", "", place)
        opened.settle()
        assert opened.app.window.current_screen().panel.step == step, place


# Passphrases


def test_a_passphrase_is_changed_and_nothing_of_it_stays(opened: Any) -> None:
    screen = screen_at(opened, "change")
    form = screen.panel.form
    type_own(opened, form, NEW)
    fields = [form.choice.first.field, form.choice.second.field]
    press(opened, screen)
    assert screen.panel.step == "list" and "The passphrase was changed" in screen.bar.message.text()
    assert all(not any(field._buffer) for field in fields)
    assert opens(opened, NEW) and not opens(opened, OWN.decode())


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [(NEW, OTHER, "differ"), ("gallery", "gallery", "too short"), ("", "", "too short"), (NEW, "", "differ")],
)
def test_a_passphrase_that_cannot_stand_changes_nothing(
    opened: Any, first: str, again: str, said: str
) -> None:
    screen = screen_at(opened, "change")
    before = headers(opened)
    type_own(opened, screen.panel.form, first, again)
    press(opened, screen)
    assert screen.panel.step == "change" and said in screen.panel.form.problem.text()
    assert headers(opened) == before


def headers(opened: Any) -> list[bytes]:
    folder = opened.app.program.folder
    return [(folder / name).read_bytes() for name in ("A.hdr", "B.hdr")]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_ways_are_added_until_the_room_is_full_and_labels_are_plain_text(opened: Any) -> None:
    labels = ["<img src=x>", "лойер", "{name} %s"]
    for number, label in enumerate(labels):
        screen = screen_at(opened, "add")
        screen.panel.name.set_text(label)
        type_own(opened, screen.panel.form, f"{NEW} {number}")
        press(opened, screen)
        assert screen.panel.step == "list", number
    assert all(label in words_of(screen) for label in labels)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in screen.findChildren(QLabel))
    assert "There is no room for another way in" in words_of(screen)
    assert screen.findChild(QWidget, "add") is None
    screen.model.begin("add")
    type_own(opened, screen.panel.form, OTHER)
    press(opened, screen)
    assert "no room" in screen.panel.form.problem.text()
    screen.cancel.click()
    screen = screen_at(opened, "kit")
    make_digits(opened, screen)
    assert "no room" in problem_of(screen.panel) and not screen.model.state.kit


def test_a_passphrase_in_use_is_refused_and_a_decoys_too(opened: Any) -> None:
    opened.ask(lambda vault: vault.decoy.create(bytearray(OTHER.encode())) or True)
    opened.ask(lambda vault: vault.ways_in.add_passphrase(bytearray(NEW.encode())))
    for text in (NEW, OTHER):
        screen = screen_at(opened, "add")
        type_own(opened, screen.panel.form, text)
        press(opened, screen)
        assert "in use already" in screen.panel.form.problem.text()


def test_the_last_passphrase_stays(opened: Any) -> None:
    screen = screen_at(opened, "change")
    screen.model.begin("remove", screen.model.state.ways[0].slot)
    assert screen.primary.kind == "danger"
    press(opened, screen)
    assert "last passphrase cannot be removed" in screen.bar.message.text()
    assert len(screen.model.state.ways) == 1 and opens(opened, OWN.decode())


def test_a_key_file_made_here_is_needed_from_then_on(opened: Any, tmp_path: Path) -> None:
    screen = screen_at(opened, "change")
    key = tmp_path / "holiday.jpg"
    screen.panel.form.key_file._made(key)
    assert screen.panel.form.key_file.path == key and not screen.panel.form.key_note.isHidden()
    type_own(opened, screen.panel.form, NEW)
    press(opened, screen)
    assert screen.model.state.ways[0].kind == "key-file" and not opens(opened, NEW)
    screen.model.begin("list")
    screen = opened.go("ways_in")
    screen.model.begin("change")
    assert not screen.panel.key_file.isHidden(), "the question needs the file too"
    screen.panel.key_file._take(key)
    opened.qtbot.keyClicks(screen.panel.box.field, NEW)
    press(opened, screen)
    assert screen.panel.step == "change"
    other = "kitob daftar qalam ruchka stol stul deraza"
    type_own(opened, screen.panel.form, other)
    press(opened, screen)
    assert "key file" in screen.panel.form.problem.text() and screen.model.state.ways[0].kind == "key-file"
    row = screen.panel.form.key_file
    row.row.click()
    assert not row.without.isHidden()
    row.without.click()
    press(opened, screen)
    assert screen.model.state.ways[0].kind == "passphrase" and opens(opened, other)


# The kit in digits


def make_digits(opened: Any, screen: Any, typed: Callable[[list[str]], list[str]] = list) -> bytearray:
    """Walk the kit to the end with what `typed` makes of the groups that were shown."""
    screen.panel.options._options[0].click()
    press(opened, screen)
    code = bytearray(screen.panel.kit._code)
    press(opened, screen)
    assert screen.panel.kit.state.stage == "again"
    type_groups(opened, screen.panel.cells, typed(code_digits(code)))
    if screen.primary.isEnabled():
        press(opened, screen)
    return code


def test_digits_are_shown_typed_back_and_then_count(opened: Any) -> None:
    QGuiApplication.clipboard().clear()
    screen = screen_at(opened, "kit")
    screen.panel.options._options[0].click()
    press(opened, screen)
    shown, code = screen.panel.digits, bytearray(screen.panel.kit._code)
    digits = shown._digits
    assert bytes(digits) == bytes(digit_bytes(code)) and not kit_opens(opened, code)
    groups = code_digits(code)
    assert not [group for group in groups if group in words_of(opened.app.window)], "painted, never text"
    press(opened, screen)
    assert not any(digits), "wiped when it leaves the screen"
    cells = screen.panel.cells
    assert not screen.primary.isEnabled()
    type_groups(opened, cells, groups)
    assert cells.marks == ("good",) * 11 and not [g for g in groups if g in words_of(opened.app.window)]
    buffer, kept = cells._buffer, screen.panel.kit._code
    press(opened, screen)
    assert "in force" in screen.bar.message.text() and screen.panel.step == "list"
    assert not any(buffer) and not any(kept)
    assert kit_opens(opened, code) and screen.model.state.kit_form == "digits"
    assert QGuiApplication.clipboard().text() == ""


def test_digits_typed_wrong_do_not_count_and_can_be_corrected(opened: Any) -> None:
    screen = screen_at(opened, "kit")

    def slip(groups: list[str]) -> list[str]:
        return [groups[1], groups[0], *groups[2:]]

    code = make_digits(opened, screen, slip)
    cells = screen.panel.cells
    assert cells.marks[:2] == ("bad", "bad") and not kit_opens(opened, code)
    assert "not what was shown" in problem_of(screen.panel)
    for group in code_digits(code)[:2]:
        opened.qtbot.keyClicks(cells, group)
    press(opened, screen)
    assert kit_opens(opened, code)


def test_leaving_early_keeps_the_old_kit(opened: Any) -> None:
    old = make_digits(opened, screen_at(opened, "kit"))
    before = headers(opened)
    for leave in ("cancel", "home", "again"):
        screen = screen_at(opened, "kit")
        assert "stays in force until" in words_of(screen)
        screen.panel.options._options[0].click()
        press(opened, screen)
        new = bytearray(screen.panel.kit._code)
        if leave == "again":
            press(opened, screen)
            type_groups(opened, screen.panel.cells, code_digits(new)[:10])
        panel = screen.panel
        opened.go("home") if leave != "cancel" else screen.cancel.click()
        opened.settle()
        assert not panel.kit._code and kit_opens(opened, old) and not kit_opens(opened, new)
        assert headers(opened) == before


def test_leaving_while_it_is_being_kept_keeps_the_right_code(opened: Any) -> None:
    """The page wipes its buffer at once; the notebook works on its own copy and must not keep a code of zeros."""
    screen = screen_at(opened, "kit")
    screen.panel.options._options[0].click()
    press(opened, screen)
    code = bytearray(screen.panel.kit._code)
    press(opened, screen)
    screen.panel.kit.keep_digits(digit_bytes(code))
    opened.go("home")
    opened.settle()
    assert kit_opens(opened, code) and not kit_opens(opened, bytearray(20))


def test_locking_in_mid_step_leaves_what_was(opened: Any) -> None:
    old = make_digits(opened, screen_at(opened, "kit"))
    screen = screen_at(opened, "kit")
    screen.panel.options._options[1].click()
    press(opened, screen)
    opened.app.lock()
    assert len(opened.locks) == 1
    parts, _folder = opened.locks[0]
    parts.blank_windows()
    parts.commit_drafts(2.0)
    assert kit_opens(opened, old)


def test_digits_of_every_script_are_taken_and_nothing_else(opened: Any) -> None:
    screen = opened.go("ways_in")
    screen.model.begin("drill")
    cells = screen.panel.cells
    cells._type("٠١٢٣٤ 0１2३4 ۰۱۲۳۴")
    assert [bytes(cells.cell(number)) for number in range(3)] == [b"01234"] * 3
    cells.wipe()
    cells._type("²①½abc\u202e-Ⅷ𝟘")
    assert bytes(cells.copy_bytes()) == b"0", "a mathematical digit is a digit"
    cells.wipe()
    opened.qtbot.keyClicks(cells, "99999")
    assert cells.marks[0] == "bad"
    QGuiApplication.clipboard().setText("12345")
    opened.qtbot.keyClick(cells, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert bytes(cells.copy_bytes()) == b"99999"
    QGuiApplication.clipboard().clear()


# The kit in shares


def make_shares(opened: Any, screen: Any, holders: tuple[str, str, str] = ("", "", "")) -> tuple[Any, ...]:
    """Walk to where two shares are to be typed back; gives the shares."""
    screen.panel.options._options[1].click()
    press(opened, screen)
    shares = screen.panel.kit._shares
    for holder in holders:
        assert screen.panel.words._pairs == tuple(
            zip(
                shares[screen.panel.kit.state.share].numbers,
                shares[screen.panel.kit.state.share].words,
                strict=True,
            )
        )
        screen.panel.holder.set_text(holder)
        press(opened, screen)
    assert screen.panel.kit.state.stage == "again"
    return tuple(shares)


def type_share(opened: Any, entry: Any, tokens: Any) -> None:
    for token in tokens:
        opened.qtbot.keyClicks(entry.cells, token)
        if not (len(token) == 4 and token.isdecimal()):
            opened.qtbot.keyClick(entry.cells, Qt.Key.Key_Space)


def test_shares_are_shown_one_by_one_and_two_typed_back_put_them_into_force(opened: Any) -> None:
    screen = screen_at(opened, "kit")
    shares = make_shares(opened, screen, ("mother", "<img src=x>", "  a   lawyer "))
    code = bytearray(screen.panel.kit._code)
    type_share(opened, screen.panel.entry, shares[2].numbers)
    assert not kit_opens(opened, code)
    press(opened, screen)
    assert screen.panel.kit.state.typed == (3,) and screen.panel.entry.cells.is_empty
    type_share(opened, screen.panel.entry, shares[0].words)
    press(opened, screen)
    assert screen.panel.step == "list" and kit_opens(opened, code)
    assert screen.model.state.kit.holders == ("mother", "<img src=x>", "a lawyer")
    assert "Shares: mother, <img src=x>, a lawyer" in words_of(screen)


def test_a_share_typed_wrong_or_twice_is_said_and_does_not_count(opened: Any) -> None:
    screen = screen_at(opened, "kit")
    shares = make_shares(opened, screen)
    code, entry = bytearray(screen.panel.kit._code), screen.panel.entry
    slip = list(shares[1].words)
    slip[7] = next(word for word in shares[0].words if word != slip[7])
    type_share(opened, entry, slip)
    press(opened, screen)
    assert entry.cells.marks[7] == "bad" and "differs" in problem_of(screen.panel)
    opened.qtbot.keyClicks(entry.cells, shares[1].words[7][:4])
    opened.qtbot.keyClick(entry.cells, Qt.Key.Key_Space)
    press(opened, screen)
    assert screen.panel.kit.state.typed == (2,)
    type_share(opened, entry, shares[1].words)
    press(opened, screen)
    assert "typed already" in problem_of(screen.panel) and not kit_opens(opened, code)


def test_a_share_of_an_old_kit_does_not_put_the_new_one_into_force(opened: Any) -> None:
    screen = screen_at(opened, "kit")
    old = make_shares(opened, screen)
    screen.cancel.click()
    screen = screen_at(opened, "kit")
    make_shares(opened, screen)
    code = bytearray(screen.panel.kit._code)
    type_share(opened, screen.panel.entry, old[0].numbers)
    press(opened, screen)
    assert screen.panel.kit.state.typed == () and problem_of(screen.panel) and not kit_opens(opened, code)


# The drill


def two_kits(opened: Any) -> tuple[tuple[Any, ...], tuple[Any, ...], bytearray]:
    """An old set of shares that was replaced, the set in force, and its code."""

    def make(vault: Vault) -> Any:
        from storage import split_code

        sets = []
        for _ in range(2):
            code = vault.ways_in.draw_code()
            sets.append((tuple(split_code(code)), bytearray(code)))
            vault.ways_in.keep_code(code, ("a", "b", "c"))
        return sets[0][0], sets[1][0], sets[1][1]

    return opened.ask(make)  # type: ignore[no-any-return]


def at_rest(opened: Any) -> Path:
    """The folder, when the window has nothing left to write: the place one is at, words to index."""
    opened.ask(lambda vault: vault.settle(100))
    opened.settle()
    folder: Path = opened.app.program.folder
    return folder


def drill(opened: Any) -> Any:
    screen = opened.go("ways_in")
    screen.model.begin("drill")
    return screen


def test_the_drill_takes_two_shares_or_the_digits_of_the_same_code(opened: Any) -> None:
    _, now, code = two_kits(opened)
    screen = drill(opened)
    assert screen.panel.drill.state.form == "shares"
    type_share(opened, screen.panel.entry, now[0].words)
    press(opened, screen)
    type_share(opened, screen.panel.entry, now[2].numbers)
    press(opened, screen)
    assert "opens the notebook, by both copies" in screen.bar.message.text()
    screen = drill(opened)
    screen.panel.form._parts[0].click()
    type_groups(opened, screen.panel.cells, code_digits(code))
    press(opened, screen)
    assert "opens the notebook, by both copies" in screen.bar.message.text()


def test_wrong_mixed_and_stale_kits_are_refused_with_a_sentence_and_change_no_byte(opened: Any) -> None:
    old, now, code = two_kits(opened)
    screen = drill(opened)
    folder = at_rest(opened)
    before = tree(folder)
    for first, second, said in (
        (old[0].words, now[1].words, "do not belong to one set"),
        (old[0].words, old[1].words, "does not open the notebook"),
    ):
        screen.panel.drill.choose("digits")
        screen.panel.drill.choose("shares")
        type_share(opened, screen.panel.entry, first)
        press(opened, screen)
        type_share(opened, screen.panel.entry, second)
        press(opened, screen)
        assert said in problem_of(screen.panel), said
    screen.panel.drill.choose("digits")
    wrong = bytearray(code)
    wrong[3] ^= 1
    type_groups(opened, screen.panel.cells, code_digits(wrong))
    press(opened, screen)
    assert "does not open the notebook" in problem_of(screen.panel)
    screen.panel.cells.wipe()
    slip = code_digits(code)
    slip[4] = f"{(int(slip[4]) + 1) % 65536:05d}"
    type_groups(opened, screen.panel.cells, slip)
    press(opened, screen)
    assert "Compare every group" in problem_of(screen.panel)
    assert tree(folder) == before


def test_the_drill_changes_the_log_and_nothing_else(opened: Any) -> None:
    """While open: the database (and its journal) alone, by a `drill` event and its day. After closing: the sealed log in both headers too."""
    *_, code = two_kits(opened)
    screen = drill(opened)
    folder = at_rest(opened)
    opened.ask(lambda vault: vault._session.seal() or True)
    before = tree(folder)
    screen.panel.form._parts[0].click()
    type_groups(opened, screen.panel.cells, code_digits(code))
    press(opened, screen)
    after = tree(folder)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    container = next(name.split("/")[0] for name in changed)
    assert changed - {f"{container}/db-journal"} == {f"{container}/db"}
    last = opened.ask(lambda vault: vault.what_happened(None, 1))
    assert [happened.kind for happened in last] == ["key"]
    opened.ask(lambda vault: vault._session.seal() or True)
    for name in ("A.hdr", "B.hdr"):
        one, two = before[name], (folder / name).read_bytes()
        differs = {at for at in range(4096) if one[at] != two[at]}
        generation, states, sums = range(12, 20), range(3152, 3440), range(4032, 4096)
        assert differs <= {*generation, *states, *sums} and differs & {*states}, "no slot, no salt, no cost"


def test_today_shows_one_row_when_the_drill_is_due(opened: Any) -> None:
    two_kits(opened)
    assert "recovery" not in words_of(opened.go("home").main)

    def long_ago(vault: Vault) -> bool:
        with vault._session.transaction():
            vault._session.database.execute("UPDATE settings SET value = '0' WHERE key = 'recovery.drill'")
        return True

    opened.ask(long_ago)
    home = opened.go("home")
    row = home.main.findChild(QWidget, "drill")
    assert row.words == "Try two recovery shares" and "mother" not in words_of(home)
    row.click()
    opened.settle()
    assert opened.app.window.current_screen().panel.step == "drill"


# Paper


def test_a_page_is_written_where_asked_says_the_share_and_not_the_notebook(
    opened: Any, tmp_path: Path
) -> None:
    from pdfminer.high_level import extract_text

    screen = screen_at(opened, "kit")
    screen.panel.options._options[1].click()
    press(opened, screen)
    screen.panel.holder.set_text("<b>Aunt</b>")
    screen.panel.paper._chosen(tmp_path)
    opened.settle()
    (page,) = tmp_path.glob("*.pdf")
    assert page.stat().st_mode & 0o077 == 0, "readable by its owner alone"
    text, share = extract_text(str(page)), screen.panel.kit.shown_share()
    assert all(word in text for word in (*share.words, *share.numbers)) and "<b>Aunt</b>" in text
    others = [one for one in screen.panel.kit._shares if one.number != share.number]
    assert not any(set(one.words[4:]) <= set(text.split()) for one in others)
    label = opened.ask(lambda vault: vault.label) or "Daftar"
    assert label not in text and "Daftar" not in text
    assert "still lies here" in screen.panel.paper.left.written.text()
    press(opened, screen)
    assert "still lies here" in screen.panel.paper.left.written.text(), (
        "the file is not forgotten with the share"
    )
    opened.go("home")
    screen = opened.go("ways_in")
    (left,) = screen.findChildren(PagesLeft)
    assert str(page) in left.written.text(), "nor with the step"
    left.remove.click()
    opened.settle()
    assert not list(tmp_path.glob("*.pdf")) and left.isHidden()
    assert opened.ask(lambda vault: vault.setting("kit.pages", "none")) == "none"


def test_a_page_that_cannot_be_written_or_removed_is_said(opened: Any, tmp_path: Path) -> None:
    screen = screen_at(opened, "kit")
    screen.panel.options._options[0].click()
    press(opened, screen)
    screen.panel.paper._chosen(tmp_path / "none")
    opened.settle()
    assert "cannot be written" in screen.panel.paper.left.problem.text()
    screen.panel.paper._chosen(tmp_path)
    opened.settle()
    (page,) = tmp_path.glob("*.pdf")
    page.unlink()
    page.mkdir()
    screen.panel.paper.left.remove.click()
    opened.settle()
    assert "could not be removed" in screen.panel.paper.left.problem.text()


# What goes wrong with the disk


class Full(Files):
    """No write fits from the given one on."""

    def __init__(self, after: int) -> None:
        self.left = after

    def write(self, file: BinaryIO, data: bytes) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, "full")
        super().write(file, data)


def fill_disk(after: int, vault: Vault) -> bool:
    ring = vault._session.ring
    ring.env = replace(ring.env, files=Full(after))
    return True


@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("step", ["change", "add", "kit"])
def test_a_full_disk_is_one_sentence_and_the_list_tells_the_truth(opened: Any, step: str, after: int) -> None:
    screen = screen_at(opened, step)
    opened.ask(partial(fill_disk, after))
    if step == "kit":
        make_digits(opened, screen)
    else:
        type_own(opened, screen.panel.form, NEW)
        press(opened, screen)
    assert "no space left" in screen.bar.message.text() and not screen.bar.isHidden()
    assert "What opened the notebook before still opens it" in screen.bar.hint.text()
    assert screen.panel.step == step and not screen.model.state.busy
    opened.ask(partial(fill_disk, 10**6))
    assert opens(opened, OWN.decode()) or after == 1
    kinds = [(way.kind, way.certain) for way in screen.model.state.ways]
    expected = {"change": [], "add": [("passphrase", False)], "kit": [("recovery", False)]}[step]
    assert kinds == [("passphrase", True), *expected]


@pytest.mark.parametrize("step", ["change", "kit"])
def test_a_change_that_happened_before_the_disk_refused_is_not_denied(
    opened: Any, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The header holds the new key, the list could not be written: nobody may be told that the old one still opens."""
    old = make_digits(opened, screen_at(opened, "kit"))
    screen = screen_at(opened, step)
    refused = EnvironmentProblem(Message("There is no space left."))

    def refuse(*_: object) -> None:
        raise refused

    monkeypatch.setattr(WaysIn, "_note", refuse)
    if step == "kit":
        new = make_digits(opened, screen)
        assert kit_opens(opened, new) and not kit_opens(opened, old)
    else:
        type_own(opened, screen.panel.form, NEW)
        press(opened, screen)
        assert opens(opened, NEW) and not opens(opened, OWN.decode())
    assert screen.bar.hint.text() == "There is no space left."
    assert "still opens" not in screen.bar.message.text()


def test_a_stick_that_was_pulled_is_one_sentence(opened: Any) -> None:
    screen = screen_at(opened, "change")
    folder: Path = opened.app.program.folder
    away = folder.with_name("away")
    folder.rename(away)
    type_own(opened, screen.panel.form, NEW)
    press(opened, screen)
    assert screen.bar.message.text() and screen.panel.step == "change" and not screen.model.state.busy
    if folder.exists():
        shutil.rmtree(folder)
    away.rename(folder)
    press(opened, screen)
    assert screen.panel.step == "list" and opens(opened, NEW)


def test_the_window_survives_an_error_of_every_step(opened: Any) -> None:
    for step in ("ask", "change", "add", "kit", "drill", "remove"):
        screen = opened.go("ways_in")
        screen.model._become(replace(screen.model.state, proven=True))
        screen.model.begin(step, screen.model.state.ways[0].slot)
        screen.model.fail(EnvironmentProblem(screen.panel.headline()))
        opened.settle()
        assert not screen.bar.isHidden() and screen.cancel.isEnabled()
        screen.cancel.click()
        assert screen.panel.step == "list"


def test_escape_leaves_a_step_but_never_a_kit_that_is_being_written_down(opened: Any) -> None:
    screen = screen_at(opened, "add")
    opened.qtbot.keyClick(screen.panel.name, Qt.Key.Key_Escape)
    assert screen.panel.step == "list"
    screen.model.begin("kit")
    screen.panel.kit.choose("shares")
    press(opened, screen)
    assert screen.panel.kit.state.stage == "show"
    opened.qtbot.keyClick(screen.panel.holder, Qt.Key.Key_Escape)
    assert screen.panel.step == "kit" and screen.panel.kit.state.stage == "show"


def test_the_last_passphrase_offers_no_removal(opened: Any) -> None:
    screen = opened.go("ways_in")
    (line,) = screen.findChildren(WayLine)
    assert line.remove.isHidden()
