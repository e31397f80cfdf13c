"""The reviewer's pass and the preview's pixels: what is shown for a place is what would be printed there."""

from __future__ import annotations

from exports import Finder, page_pictures, protected_from_names, redact, render, review
from exports.dossier.tree import Dossier, Origin, Paragraph, Run, Section, plain

TEXTS = (
    "Спрашивали про Фарруха Латипова. Я сказал, что Фаррух уехал.",
    "Саодат Каримова вернулась поздно; Фарруху не было хуже.",
    "Мы продали машину и выехали через перевал.",
)
NAMES = {
    "persons": [
        {
            "id": "f",
            "names": [{"full": "Латипов Фаррух", "family": "Латипов", "given": "Фаррух", "language": "ru"}],
        },
        {
            "id": "s",
            "names": [{"full": "Каримова Саодат", "family": "Каримова", "given": "Саодат", "language": "ru"}],
        },
    ]
}


def _dossier(*texts: str) -> Dossier:
    blocks = tuple(
        Paragraph((Run(text, "text", "ru", origin=Origin("i1", "narratives/n1/text")),)) for text in texts
    )
    section = Section("facts", (Run("Facts"),), blocks, ("public",), "public", language="ru")
    return Dossier(
        "t1",
        "k1",
        "statement",
        "1",
        "2026-01-01",
        "public",
        "ru",
        "2026-06-01",
        "R-1",
        (Run("Statement"),),
        (),
        (section,),
    )


def _printed(dossier: Dossier) -> list[str]:
    return [plain(block.text) for block in dossier.sections[0].blocks if isinstance(block, Paragraph)]


def test_the_review_shows_what_is_printed() -> None:
    protected = protected_from_names(NAMES)
    dossier = _dossier(*TEXTS)
    printed = _printed(redact(dossier, protected, seed="5a" * 16).dossier)
    seen = review(dossier, protected, seed="5a" * 16)
    assert [text.text for text in seen] == list(TEXTS)
    for text, result in zip(seen, printed, strict=True):
        made, at = "", 0
        for mention in text.mentions:
            assert not mention.open and not mention.decided
            made, at = made + text.text[at : mention.span.start] + mention.instead, mention.span.end
        assert made + text.text[at:] == result
    assert sum(len(text.mentions) for text in seen) == 4


def test_a_decision_is_shown_as_decided_and_changes_both_alike() -> None:
    protected = protected_from_names(NAMES)
    dossier = _dossier(*TEXTS)
    decision = {
        "record": "i1",
        "path": "narratives/n1/text",
        "quote": "Фаррух",
        "before": "что ",
        "after": " уехал",
        "action": "keep",
    }
    seen = review(dossier, protected, decisions=[decision])
    kept = [mention for text in seen for mention in text.mentions if mention.decided]
    assert [(mention.span.form, mention.action, mention.open) for mention in kept] == [
        ("Фаррух", "keep", False)
    ]
    assert "Фаррух уехал" in _printed(redact(dossier, protected, decisions=[decision]).dossier)[0]


def test_a_possible_mention_is_open_until_somebody_decides() -> None:
    protected = protected_from_names(NAMES)
    dossier = _dossier("Приходил и А. Латипов.")
    (text,) = review(dossier, protected)
    assert [mention.open for mention in text.mentions] == [True]
    decision = {
        "record": "i1",
        "path": "narratives/n1/text",
        "quote": text.mentions[0].span.form,
        "before": "А. ",
        "after": ".",
        "action": "not_this",
    }
    (text,) = review(dossier, protected, decisions=[decision])
    assert [(mention.open, mention.decided) for mention in text.mentions] == [(False, True)]


def test_the_finder_is_asked_once_for_each_text() -> None:
    protected = protected_from_names(NAMES)

    class Counting(Finder):
        asked = 0

        def find(self, text: str, language: str = "mul"):  # type: ignore[no-untyped-def]
            Counting.asked += 1
            return super().find(text, language)

    review(_dossier(*TEXTS), protected, finder=Counting(protected))
    assert Counting.asked == len(TEXTS)


def test_pages_become_pixels_of_the_width_asked_for() -> None:
    redacted = redact(_dossier(*TEXTS), protected_from_names(NAMES))
    pages = list(page_pictures(render(redacted), 300))
    assert pages and all(
        (page.width, len(page.data)) == (300, page.width * page.height * 3) for page in pages
    )
    assert len(set(pages[0].data)) > 2
