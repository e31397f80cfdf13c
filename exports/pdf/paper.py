"""Lays a settled dossier out on pages. Must not paint, and must not add words but running head and foot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exports.dossier.linear import UNTITLED
from exports.dossier.tree import Dossier, Heading, Run, Section, plain
from exports.pdf import boxes, styles
from exports.pdf.clean import printable_text
from exports.pdf.flow import Column, Page, RuleAt, TextAt
from exports.pdf.lines import Type, break_lines
from exports.words import say, say_date
from i18n.message import msg

Progress = Callable[[int, int], None]
Cancel = Callable[[], bool]
_ALONE = frozenset({"cover", "confidential", "annex"})


@dataclass(frozen=True)
class Furniture:
    """The words that stand on every page, beside the text of the dossier."""

    head: str
    reference: str
    foot: str
    confidential: str
    page: str

    def number(self, page: int, count: int) -> str:
        """The words of the page number."""
        return self.page.replace("{page}", str(page)).replace("{count}", str(count))


def furniture(dossier: Dossier) -> Furniture:
    """Running head and foot of a dossier, in its language: title code, reference, form version, check date."""
    language = dossier.language
    foot = msg(
        "Form {form}, version {version}, checked {day}",
        form=dossier.procedure,
        version=dossier.form_version,
        day=say_date(dossier.checked_on, language),
    )
    # critical
    confidential = msg("Confidential: for the secretariat only. Detach before passing on.")
    page = say(msg("Page {page} of {count}", page="{page}", count="{count}"), language)
    words = (plain(dossier.title), dossier.reference, say(foot, language), say(confidential, language), page)
    return Furniture(*(printable_text(text) for text in words))


@dataclass(frozen=True)
class Paper:
    """The pages of a dossier with the part each belongs to, ready to be painted; headings with the page they stand on."""

    pages: tuple[Page, ...]
    parts: tuple[str, ...]
    policies: tuple[str, ...]
    headings: tuple[tuple[str, int], ...] = ()

    def count(self, part: str) -> int:
        """Pages of one part; `*` counts all."""
        return len(self.pages) if part == "*" else self.parts.count(part)


def lay_out(dossier: Dossier, cancel: Cancel | None = None) -> Paper:
    """Pages of a settled dossier."""
    pages: list[Page] = []
    parts: list[str] = []
    policies: list[str] = []
    headings: list[tuple[str, int]] = []
    for group in _groups(dossier):
        sheet = styles.SHEETS[group[0].sheet]
        column = Column(group[0].sheet, sheet.left, sheet.top, sheet.depth, _is_confidential(group[0]))
        for section in group:
            if cancel is not None and cancel():
                raise InterruptedError
            if section.sheet not in UNTITLED:
                first = column.add(boxes.strips((Heading(section.title, 1), *section.blocks), sheet))
                headings.append((printable_text(plain(section.title)), len(pages) + first))
            else:
                column.add(boxes.strips(section.blocks, sheet))
        pages += column.pages
        parts += [group[0].id] * len(column.pages)
        policies += [group[0].policy] * len(column.pages)
    words = furniture(dossier)
    for number, page in enumerate(pages, 1):
        _furnish(page, words, number, len(pages))
    return Paper(tuple(pages), tuple(parts), tuple(policies), tuple(headings))


def outline_of(dossier: Dossier, paper: Paper) -> tuple[tuple[str, int], ...]:
    """The outline a file of this dossier has: the form's headings in a filing copy, nothing in any other."""
    return paper.headings if dossier.audience == "filing" else ()


def _is_confidential(section: Section) -> bool:
    return section.sheet == "confidential" and "secretariat" in section.recipients


def _groups(dossier: Dossier) -> list[list[Section]]:
    """Sections that follow each other on the same sheets under the same rules; some sheets are always alone."""
    groups: list[list[Section]] = []
    for section in dossier.sections:
        last = groups[-1][0] if groups else None
        alike = last is not None and (last.sheet, last.policy) == (section.sheet, section.policy)
        if alike and section.sheet not in _ALONE:
            groups[-1].append(section)
        else:
            groups.append([section])
    return groups


def _line(page: Page, text: str, x: float, y: float, right: bool, type: Type, measure: float) -> None:
    for line in break_lines((Run(text),), measure, type)[:1]:
        page.marks.append(TextAt(x - line.width if right else x, y, line, type))


def _furnish(page: Page, words: Furniture, number: int, count: int) -> None:
    """Head and foot stand in the page's text before and after its words, as they are read."""
    sheet = styles.SHEETS[page.sheet]
    type, right = styles.FURNITURE, styles.PAGE_WIDTH - sheet.right
    body, page.marks = page.marks, []
    if page.sheet != "cover":
        head = words.confidential if page.confidential else words.head
        _line(page, head, sheet.left, sheet.top - 32, False, type, sheet.measure * 0.74)
        _line(page, words.reference, right, sheet.top - 32, True, type, sheet.measure * 0.25)
        page.marks.append(RuleAt(sheet.left, sheet.top - 25, sheet.measure, 0.5, "rule"))
    page.marks += body
    y = styles.PAGE_HEIGHT - sheet.bottom + 40
    _line(page, words.foot, sheet.left, y, False, type, sheet.measure * 0.74)
    _line(page, words.number(number, count), right, y, True, type, sheet.measure * 0.25)
