"""The page about threats and the program's screen say the same, and leave no row of the table without a sentence."""

from __future__ import annotations

import re
from pathlib import Path

from storage import HONEST_DECOY_TEXT
from ui.viewmodels import protection_words
from ui.viewmodels.protection_words import SITUATIONS, all_texts

PAGE = (Path(__file__).parents[2] / "docs" / "threat-model.md").read_text("utf-8")
_ROW = re.compile(r"^\| (\d+) \|", re.MULTILINE)


def test_every_text_of_the_screen_stands_on_the_page_word_for_word() -> None:
    assert [message.source for message in all_texts() if message.source not in PAGE] == []
    assert len(all_texts()) > 80


def test_the_page_has_the_texts_in_the_order_of_the_screen() -> None:
    places = [PAGE.index(message.source) for message in all_texts() if len(message.source) > 60]
    assert places == sorted(places)


def test_each_of_the_twenty_rows_has_a_sentence_in_the_program() -> None:
    assert [int(number) for number in _ROW.findall(PAGE)] == list(range(1, 21))
    said = {row for situation in SITUATIONS for point in situation.points for row in point.rows}
    assert said == set(range(1, 21))


def test_the_page_names_behind_each_sentence_its_rows() -> None:
    for situation in SITUATIONS:
        for point in situation.points:
            mark = f" *(row {', '.join(map(str, point.rows))})*" if point.rows else ""
            assert f"\n**{point.when.source}**{mark}\n" in PAGE, point.when.source


def test_what_is_said_of_the_decoy_is_what_is_said_before_one_is_made() -> None:
    for words in (
        "A decoy notebook can satisfy a quick look",
        "does not withstand an examination of your disk",
        "people who know this program know that decoys exist",
    ):
        assert words in HONEST_DECOY_TEXT.source
        assert words in PAGE


def test_texts_of_emergency_and_deletion_are_marked_for_the_translators() -> None:
    source = Path(protection_words.__file__).read_text("utf-8")
    for part in ("_TAKEN[0]", "_FORCED", "_DELETED", "_LOST"):
        name = part.split("[")[0]
        body = source.split(f"\n{name} = (")[1].split("\n)\n")[0]
        assert body.count("# critical") >= 2, part
