"""The gate: reads a finished PDF back and refuses it if anything protected, or anything unexpected, is in it.

It fails closed: what it cannot read or does not know is refused, and the caller writes nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf

from exports.dossier.linear import section_words
from exports.dossier.tree import Dossier
from exports.gatehouse.findings import Finding, GateReport
from exports.gatehouse.needles import Needle, needles
from exports.gatehouse.reading import readers
from exports.gatehouse.strings import hidden_texts, raw_contents, search_bytes, search_strings, streams
from exports.gatehouse.structure import check_structure
from exports.gatehouse.words import bare, compare, page_finder, search_text, shown_letters
from exports.pdf.clean import printable_text
from exports.pdf.paper import lay_out, outline_of
from exports.pdf.settle import settle
from exports.pdf.titles import title_of
from exports.redaction import Cleared, Finder, ProtectedSet, RedactedDossier, Span, policy
from exports.redaction.labels import Labels
from exports.redaction.replace import Replacer
from i18n.message import msg
from storage.errors import LeakFound

__all__ = ["Finding", "GateReport", "check_pdf", "gate", "inspect"]

_CHECKS = ("structure", "text", "needles", "strings", "streams", "fonts", "images")
Hidden = Callable[[str], bool]


def gate(
    pdf_bytes: bytes,
    redacted: RedactedDossier,
    protected: ProtectedSet,
    *,
    images: frozenset[str] = frozenset(),
    every_reader: bool = False,
    finder: Finder | None = None,
) -> GateReport:
    """Look at a finished copy in every way; LeakFound lists what is wrong. `finder` may be one made for `protected`."""
    dossier = settle(redacted.dossier)
    found: list[Finding] = []
    report = GateReport(0, (), (), 0, 0)
    try:
        report = _look(
            pdf_bytes, dossier, redacted, protected, images, every_reader, finder or Finder(protected), found
        )
    except (pikepdf.PdfError, ValueError, KeyError, AttributeError, TypeError, RuntimeError) as error:
        found.append(
            Finding("file", msg("The file could not be checked ({kind}).", kind=type(error).__name__))
        )
    if found:
        # critical
        raise LeakFound(msg("The finished file did not pass the check, so nothing was written."), found)
    return report


def _hidden_under(protected: ProtectedSet, audience: str) -> Hidden:
    """Which subjects a policy hides."""
    replacer, rules = Replacer(protected, Labels()), policy(audience)
    return lambda subject: replacer.action(subject, rules) != "keep"


def _look(
    data: bytes,
    dossier: Dossier,
    redacted: RedactedDossier,
    protected: ProtectedSet,
    images: frozenset[str],
    every: bool,
    finder: Finder,
    found: list[Finding],
) -> GateReport:
    texts = {name: read(data) for name, read in readers(every).items()}
    pages = len(next(iter(texts.values())))
    paper = lay_out(dossier)
    outline = outline_of(dossier, paper)
    found += check_structure(
        data, title_of(dossier), dossier.language, shown_letters(dossier, pages), images, outline
    )
    for name, read_pages in texts.items():
        found += compare(name, read_pages, dossier)
    possible = _search_view(dossier, redacted, protected, finder, found)
    _search_pages(texts, paper.policies, dossier.language, redacted, protected, finder, found)
    strictest = needles(protected, _hidden_under(protected, dossier.audience))
    headings = frozenset(words for words, _ in outline)
    found += search_strings(
        ((where, text) for where, text in hidden_texts(data) if text not in headings), strictest
    )
    found += search_bytes(streams(data), strictest)
    return GateReport(pages, tuple(texts), _CHECKS, len(strictest), possible)


def _search_view(
    dossier: Dossier, redacted: RedactedDossier, protected: ProtectedSet, finder: Finder, found: list[Finding]
) -> int:
    """The approved words themselves, part by part, under the rules of each part's readers."""
    possible = 0
    for section in dossier.sections:
        hidden = _hidden_under(protected, section.policy)
        terms = needles(protected, hidden)
        if not terms:
            continue
        text = "\n".join(printable_text(words) for words in section_words(section))
        cleared = _cleared_test(redacted.report.cleared, text)
        where = _in_part(section.id)
        some, maybe = search_text(text, where, finder, terms, _of_subject(hidden), section.language, cleared)
        found += some
        possible += maybe
    return possible


def _in_part(id: str) -> Callable[[int], str]:
    return lambda _: f"part {id}"


def _search_pages(
    texts: dict[str, list[str]],
    policies: Sequence[str],
    language: str,
    redacted: RedactedDossier,
    protected: ProtectedSet,
    finder: Finder,
    found: list[Finding],
) -> None:
    """What each reader sees, page by page and over page ends, under the rules of the page's readers."""
    seen: set[str] = set()
    for read_pages in texts.values():
        for wanted in dict.fromkeys(policies):
            hidden = _hidden_under(protected, wanted)
            terms = needles(protected, hidden)
            chosen = [
                text if rules == wanted else "" for text, rules in zip(read_pages, policies, strict=True)
            ]
            text = "\n".join(chosen)
            words = " ".join(
                text.split()
            )  # a reader that finds the same words in the same order finds the same names
            if not terms or words in seen:
                continue
            seen.add(words)
            cleared = _cleared_test(redacted.report.cleared, text)
            found += search_text(
                text, page_finder(chosen), finder, terms, _of_subject(hidden), language, cleared
            )[0]


def _of_subject(hidden: Hidden) -> Callable[[Span], bool]:
    return lambda span: hidden(span.subject)


def _cleared_test(kept: Sequence[Cleared], text: str) -> Callable[[Span], bool]:
    """Whether a recorded decision keeps a mention: the same words with the same words around them."""
    wanted = {(bare(item.before)[-6:], bare(item.quote), bare(item.after)[:6]) for item in kept}

    def cleared(span: Span) -> bool:
        if not wanted:
            return False
        before = bare(text[max(0, span.start - 40) : span.start])[-6:]
        after = bare(text[span.end : span.end + 40])[:6]
        form = bare(span.form)
        return any(quote == form and before.endswith(b) and after.startswith(a) for b, quote, a in wanted)

    return cleared


def inspect(
    data: bytes, protected: ProtectedSet, audience: str = "public", finder: Finder | None = None
) -> list[Finding]:
    """Protected forms in any PDF, whoever made it: text, data no page shows, earlier revisions. Never raises for its content."""
    hidden = _hidden_under(protected, audience)
    terms = needles(protected, hidden)
    finder = finder or Finder(protected)
    found: list[Finding] = []
    unread = 0
    for read in readers().values():
        try:
            pages = read(data)
        except Exception:  # noqa: BLE001 - a hostile file may break a reader in any way; that is a finding, not a crash
            unread += 1
            continue
        some, _ = search_text("\n".join(pages), page_finder(pages), finder, terms, _of_subject(hidden))
        found += some
        found += _possible(pages, finder, hidden)
    with contextlib.suppress(pikepdf.PdfError, ValueError):
        found += search_strings(hidden_texts(data), terms)
        found += search_bytes(streams(data), terms)
        found += search_bytes(raw_contents(data), [term for term in terms if len(term.form) > 5])
    if unread:
        found.append(Finding("file", msg("A reader could not read the file."), certain=False))
    return list({(f.where, f.subject, f.form): f for f in found}.values())


def _possible(pages: list[str], finder: Finder, hidden: Hidden) -> list[Finding]:
    where = page_finder(pages)
    spans = [
        span for span in finder.find("\n".join(pages), "mul") if not span.certain and hidden(span.subject)
    ]
    problem = msg("A word may be a protected name.")
    return [Finding(where(span.start), problem, span.subject, span.form, certain=False) for span in spans]


def check_pdf(path: Path, protected: ProtectedSet, audience: str = "public") -> list[Finding]:
    """`inspect` for a file, its name included. OSError where it cannot be read."""
    found = [finding.in_file(path.name) for finding in inspect(path.read_bytes(), protected, audience)]
    hidden = _hidden_under(protected, audience)
    names: list[Needle] = needles(protected, hidden)
    found += [f.in_file(path.name) for f in search_strings([("filename", path.stem)], names)]
    return found
