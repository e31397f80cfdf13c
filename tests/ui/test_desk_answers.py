"""Blanks in documents: each shape writes them its own way, and reading gives back what was written."""

from __future__ import annotations

import pytest

from ui.viewmodels.person_answers import BLANKS, Answer, Shape, read_answer, write_answer


@pytest.mark.parametrize("shape", ["text", "choice", "bool", "date", "number", "id", "list", "group"])
@pytest.mark.parametrize("blank", BLANKS)
def test_blanks_come_back(shape: Shape, blank: str) -> None:
    doc = write_answer({"id": "x", "field": "old"}, "field", shape, Answer(blank=blank))
    assert read_answer(doc, "field", shape) == Answer(blank=blank)
    assert ("field" in doc) is (blank != "not_asked")


def test_a_text_that_reads_unknown_is_a_text() -> None:
    doc = write_answer({}, "occupation", "text", Answer("unknown", None))
    assert read_answer(doc, "occupation", "text") == Answer("unknown", None)
    assert write_answer({}, "occupation", "text", Answer(blank="unknown")) == {
        "occupation": {"blank": "unknown"}
    }


def test_false_is_an_answer_and_empty_is_none() -> None:
    assert write_answer({}, "minor", "bool", Answer(False, None)) == {"minor": False}
    assert write_answer({"title": "x"}, "title", "text", Answer("", None)) == {}
