"""The words of a finished file against the approved view and against the protected forms. Must not read the writer's state."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator

from exports.dossier.linear import section_words
from exports.dossier.tree import Dossier
from exports.gatehouse.findings import Finding
from exports.gatehouse.needles import LONG, SHORT, Needle, Without, fold, occurrences, squeezed, token_bounds
from exports.pdf.clean import printable_text
from exports.pdf.paper import Furniture, furniture
from exports.redaction import Finder, Span
from i18n.message import msg

Hidden = Callable[[Span], bool]


_BARE = Without("Cf", "Cc", spaces=False)


def bare(text: str) -> str:
    """A text for comparing readers: compatibility forms, no spaces, nothing that does not show."""
    return unicodedata.normalize("NFKC", text).translate(_BARE)


def expected_text(dossier: Dossier) -> str:
    """What a reader must find in all pages of a settled dossier, heads and feet left out."""
    return bare(
        "".join(printable_text(words) for section in dossier.sections for words in section_words(section))
    )


def shown_letters(dossier: Dossier, pages: int) -> Iterator[str]:
    """Every text that stands somewhere on the paper, for the check of fonts."""
    words = furniture(dossier)
    yield from (
        words.head,
        words.reference,
        words.foot,
        words.confidential,
        words.number(pages, pages),
        "0123456789",
    )
    for section in dossier.sections:
        yield from (printable_text(text) for text in section_words(section))


def without_furniture(pages: list[str], words: Furniture) -> tuple[list[str], list[bool], list[int]]:
    """The bare text of each page without head and foot, which pages are confidential, and which did not have them."""
    bodies: list[str] = []
    closed: list[bool] = []
    wrong: list[int] = []
    for number, page in enumerate(pages, 1):
        text, foot = bare(page), bare(words.foot + words.number(number, len(pages)))
        if text.endswith(foot):
            text = text[: len(text) - len(foot)]
        else:
            wrong.append(number)
        heads = (bare(words.confidential + words.reference), bare(words.head + words.reference))
        closed.append(text.startswith(heads[0]))
        head = next((head for head in heads if text.startswith(head)), None)
        if head is None and number > 1:
            wrong.append(number)
        cover = head is None or (number == 1 and _is_cover(text, heads[1]))
        bodies.append(text if cover else text[len(head or "") :])
    return bodies, closed, wrong


def _is_cover(text: str, head: str) -> bool:
    """A first page without a running head may begin with the same words by chance: never, a cover opens with the body's name."""
    return not text.startswith(head)


def compare(reader: str, pages: list[str], dossier: Dossier) -> list[Finding]:
    """Whether a reader finds exactly the approved text, page furniture aside (R10)."""
    bodies, _, wrong = without_furniture(pages, furniture(dossier))
    found = [
        Finding(f"page {n}", msg("{reader} does not find the page's head or foot.", reader=reader))
        for n in wrong
    ]
    got, expected = "".join(bodies), expected_text(dossier)
    if got != expected:
        at = next(
            (n for n, (a, b) in enumerate(zip(got, expected, strict=False)) if a != b),
            min(len(got), len(expected)),
        )
        page = _page_at(bodies, at)
        found.append(
            Finding(f"page {page}", msg("{reader} reads other words than were approved.", reader=reader))
        )
    return found


def _page_at(bodies: list[str], at: int) -> int:
    for number, body in enumerate(bodies, 1):
        if at < len(body):
            return number
        at -= len(body)
    return max(len(bodies), 1)


def search_text(
    text: str,
    where: Callable[[int], str],
    finder: Finder,
    needles: list[Needle],
    hidden: Hidden,
    language: str = "mul",
    cleared: Hidden = lambda _: False,
) -> tuple[list[Finding], int]:
    """Protected forms in a page's text: by the finder, then plainly in four views. Gives findings and possible hits.

    `cleared` says which of the hidden mentions a recorded decision keeps.
    """
    spans: list[Span] = []
    kept: list[Span] = []
    for span in finder.find(text, language):
        if hidden(span):
            (kept if cleared(span) else spans).append(span)
    folded = fold(text)
    spaced = " ".join(folded.split())
    found = [
        Finding(where(span.start), msg("A protected form remains in the text."), span.subject, span.form)
        for span in spans
        if span.certain
    ]
    found += _plain_hits(text, folded, spaced, where, spans, kept, needles)
    found += _other_views(folded, spaced, needles)
    return found, sum(not span.certain for span in spans)


def _plain_hits(
    text: str,
    folded: str,
    spaced: str,
    where: Callable[[int], str],
    spans: list[Span],
    kept: list[Span],
    needles: list[Needle],
) -> Iterator[Finding]:
    """Plain hits that cross words, more of them than are kept; one wholly inside a token was judged by the finder."""
    certain = {span.form for span in spans if span.certain}
    for needle in needles:
        if len(needle.folded) < SHORT or needle.form in certain:
            continue
        if not any(c.isspace() for c in needle.folded):
            continue
        free = sum(
            span.subject == needle.subject and needle.folded in " ".join(fold(span.form).split())
            for span in kept
        )
        ends = ((at, at + len(needle.folded)) for at in occurrences(spaced, needle.folded))
        whole = [start for start, end in ends if token_bounds(spaced, start, end) == (start, end)]
        if len(whole) > free:
            place = where(_about(folded, text, whole[0]))
            yield Finding(place, msg("A protected form remains in the text."), needle.subject, needle.form)


def _about(folded: str, text: str, at: int) -> int:
    """Roughly where a place of the folded text lies in the original: good enough to name a page."""
    return min(len(text) - 1, at * max(len(text), 1) // max(len(folded), 1))


def _other_views(folded: str, spaced: str, needles: list[Needle]) -> Iterator[Finding]:
    """Reversed and without any spaces (long forms only): nothing there was ever judged, so any hit counts."""
    tight = squeezed(folded)
    backward, backward_tight = folded[::-1], tight[::-1]
    for needle in needles:
        flat = squeezed(needle.folded)
        if len(flat) < LONG:
            continue
        if needle.folded in backward or flat in backward_tight:
            yield Finding(
                "text", msg("A protected form stands in the text backwards."), needle.subject, needle.form
            )
        if " " in needle.folded and flat in tight and needle.folded not in spaced:
            yield Finding(
                "text", msg("A protected form stands in the text, broken up."), needle.subject, needle.form
            )


def page_finder(pages: Iterable[str]) -> Callable[[int], str]:
    """From a place in the joined text to the page it lies on."""
    ends: list[int] = []
    total = 0
    for page in pages:
        total += len(page) + 1
        ends.append(total)

    def where(at: int) -> str:
        return f"page {next((n for n, end in enumerate(ends, 1) if at < end), max(len(ends), 1))}"

    return where
