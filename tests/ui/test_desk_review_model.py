"""The reviewer's work as values: walking, deciding, marking, and the decision that is stored."""

from __future__ import annotations

from ui.viewmodels.redaction_review_model import (
    Mention,
    Outcome,
    Passage,
    Review,
    decision_for,
    merged_decisions,
)

TEXT = "Через два дня вызвали мою мать, Саодат. Вместе с ней пошла соседка, Умеда. Саодат вернулась."


def _mention(
    key: int, quote: str, at: int, certain: bool, outcome: Outcome, subject: str | None = "p1"
) -> Mention:
    return Mention(key, 0, at, at + len(quote), quote, subject, "person", certain, outcome=outcome)


def _review() -> Review:
    first = TEXT.index("Саодат")
    return Review(
        "public",
        (Passage("i1", "narratives/n1/text", TEXT, "ru"),),
        (
            _mention(0, "Саодат", first, True, Outcome.HIDE),
            _mention(1, "Умеда", TEXT.index("Умеда"), False, Outcome.OPEN, None),
            _mention(2, "Саодат", TEXT.rindex("Саодат"), True, Outcome.HIDE),
        ),
    )


def test_j_and_k_go_round_what_is_open_and_then_round_everything() -> None:
    review = _review().step(1)
    assert review.current == 1 and review.step(1).current == 1
    assert [review.step(1, everything=True).current, review.step(-1, everything=True).current] == [2, 0]
    settled = review.decide(1, Outcome.KEEP)
    assert settled.settled and [
        settled.step(1).current,
        settled.step(-1).current,
        settled.step(1).step(1).current,
    ] == [2, 0, 0]


def test_deciding_hands_over_to_the_next_open_one() -> None:
    review = _review()
    more = Review(
        review.audience,
        review.passages,
        (*review.mentions, _mention(3, "вернулась", TEXT.index("вернулась"), False, Outcome.OPEN)),
    )
    assert more.go_to(1).decide(1, Outcome.HIDE).current == 3


def test_accepting_the_certain_ones_leaves_the_possible_ones_open() -> None:
    review = _review().accept_certain()
    assert (review.certain, len(review.to_accept), len(review.to_look_at)) == (2, 0, 1)


def test_groups_count_forms_and_put_kept_ones_last() -> None:
    groups = _review().decide(1, Outcome.KEEP).groups()
    assert [(g.outcome, g.count, g.forms) for g in groups] == [
        (Outcome.HIDE, 2, ("Саодат",)),
        (Outcome.KEEP, 1, ("Умеда",)),
    ]


def test_a_free_mark_replaces_what_it_covers_and_nonsense_is_ignored() -> None:
    start = TEXT.index("соседка")
    review = _review().mark(0, start, start + len("соседка, Умеда"), Outcome.HIDE)
    assert [mention.quote for mention in review.mentions] == ["Саодат", "соседка, Умеда", "Саодат"]
    assert review.settled and review.at(review.current).outcome is Outcome.HIDE  # type: ignore[union-attr]
    assert _review().mark(0, 5, 5, Outcome.HIDE) == _review()
    assert _review().mark(0, 5, 50000, Outcome.HIDE) == _review()


def test_a_decision_carries_quote_and_surroundings() -> None:
    review = _review().decide(1, Outcome.PSEUDONYM, subject="p9")
    mention = review.mentions[1]
    decision = decision_for(review.passages[0], mention, "lawyer 1")
    assert len(decision["before"]) == 32
    assert TEXT.index(decision["before"] + decision["quote"] + decision["after"]) >= 0
    assert (decision["action"], decision["subject"], decision["by"]) == (
        "pseudonym",
        "p9",
        {"words": "lawyer 1"},
    )


def test_a_second_decision_about_a_place_replaces_the_first_and_keeps_its_id() -> None:
    review = _review().decide(1, Outcome.HIDE)
    stored = [{**decision_for(review.passages[0], review.mentions[1], "a"), "id": "r1"}]
    again = decision_for(review.passages[0], review.decide(1, Outcome.KEEP).mentions[1], "b")
    merged = merged_decisions(stored, [again])
    assert len(merged) == 1 and merged[0]["id"] == "r1" and merged[0]["action"] == "keep"
