"""The frozen tree of a dossier: what will stand on paper, before and after redaction. Must not know fonts, pages or consent.

Every text in the tree is a tuple of `Run`s. A run says what its words are, so that redaction (`exports/redaction`)
can decide run by run and never has to guess:

==========  =================================================================================================
kind        meaning
==========  =================================================================================================
fixed       words of the program itself (labels, headings, sentence frames): holds nothing from a record
text        running text from a record or the lawyer: the finder reads it, mentions are replaced inside it
name        the whole run names the person `subject` (a person id): replaced by the pseudonym or kept
date        the whole run is a date; `value` is its EDTF text: kept or generalised
place       the whole run is a place; `value` is JSON `{country, region, locality, facility, words}`
identifier  the whole run is a number, reference, phone, e-mail: kept, or replaced by its type
field       the whole run is one answer that describes the person `subject`: replaced whole, never partly
==========  =================================================================================================

A run of any kind but ``fixed`` may hold a protected form; `map_texts` gives them all to one function.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

RunKind = Literal["fixed", "text", "name", "date", "place", "identifier", "field"]
RunStyle = Literal["", "bold", "italic", "quiet"]
Policy = Literal["filing", "government", "public", "interviewee"]
Recipient = Literal["secretariat", "respondent_state", "national_bureau", "public", "interviewee", "nobody"]


@dataclass(frozen=True)
class Origin:
    """Where a text stands in the records: record id and path (`narratives/<id>/text`); anchors decisions."""

    record: str
    path: str


@dataclass(frozen=True)
class Run:
    """A piece of text of one kind in one language (BCP 47). `label` names an identifier's type or a field."""

    text: str
    kind: RunKind = "fixed"
    language: str = "en"
    subject: str | None = None
    value: str | None = None
    label: str | None = None
    origin: Origin | None = None
    style: RunStyle = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (section) to 3."""

    text: Runs
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, numbered or not; `style` says how it is set: body, quote, lead, note, small, footnote."""

    text: Runs
    number: str | None = None
    style: str = "body"


@dataclass(frozen=True)
class Capacity:
    """What one printed box takes: characters and lines of `per_line` characters; None = not limited that way."""

    characters: int | None = None
    lines: int | None = None
    per_line: int | None = None
    verified: bool = False


@dataclass(frozen=True)
class FormRow:
    """One item of a form: its printed number and label, and the answer in paragraphs (counted when drawn).

    Boxes with the same `flow` share one text, which stands in the first of them until `flow.settle` spreads it.
    `left` holds what stands beside each paragraph where the box has two columns.
    """

    number: str
    label: Runs
    answer: tuple[Runs, ...]
    capacity: Capacity | None = None
    note: Runs = ()
    flow: str = ""
    left: tuple[Runs, ...] = ()
    left_label: Runs = ()


@dataclass(frozen=True)
class Table:
    """Rows of cells under a head; `widths` are shares of the measure."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Beside:
    """A paragraph and its translation, side by side."""

    number: str | None
    left: Runs
    right: Runs


@dataclass(frozen=True)
class SignatureLine:
    """A line to sign on, with what it is for, and the date if it is known."""

    label: Runs
    filled: Runs = ()


@dataclass(frozen=True)
class Rule:
    """A hairline with air around it."""


@dataclass(frozen=True)
class Picture:
    """A page that is a picture, by its place in the list handed to the renderer, with the words stamped above it."""

    place: int
    stamp: Runs


Block = Heading | Paragraph | FormRow | Table | Beside | SignatureLine | Rule | Picture


@dataclass(frozen=True)
class Section:
    """One part of a dossier. `policy` is whose rules hold for it (a filing part that a State reads obeys
    ``government``); `sheet` names the page model (cover, form, body, confidential, annex, statement)."""

    id: str
    title: Runs
    blocks: tuple[Block, ...]
    recipients: tuple[Recipient, ...]
    policy: Policy
    sheet: str = "body"
    language: str = "en"


@dataclass(frozen=True)
class Dossier:
    """A whole paper for one audience, before (`exports.build`) or inside (`RedactedDossier`) redaction.

    `states` are the ISO codes of the States that read the parts under the ``government`` policy.
    `petition` is the petition's id, for decisions and label seeds; it is never printed.
    """

    petition: str
    case: str
    procedure: str
    form_version: str
    checked_on: str
    audience: Policy
    language: str
    date: str
    reference: str
    title: Runs
    states: tuple[str, ...]
    sections: tuple[Section, ...]


TextMap = Callable[[Section, Runs], Runs]


def map_block(block: Block, change: Callable[[Runs], Runs]) -> Block:
    """The block with every text in it, in reading order, passed through `change`."""
    match block:
        case Heading() | Paragraph():
            return dataclasses.replace(block, text=change(block.text))
        case FormRow():
            label, left_label = change(block.label), change(block.left_label)
            left = tuple(change(part) for part in block.left)
            answer = tuple(change(part) for part in block.answer)
            changed = dataclasses.replace(block, label=label, left_label=left_label, left=left, answer=answer)
            return dataclasses.replace(changed, note=change(block.note))
        case Table():
            head = tuple(change(cell) for cell in block.head)
            rows = tuple(tuple(change(cell) for cell in row) for row in block.rows)
            return dataclasses.replace(block, head=head, rows=rows)
        case Beside():
            return dataclasses.replace(block, left=change(block.left), right=change(block.right))
        case SignatureLine():
            return dataclasses.replace(block, label=change(block.label), filled=change(block.filled))
        case Picture():
            return dataclasses.replace(block, stamp=change(block.stamp))
        case Rule():
            return block


def map_section(section: Section, change: TextMap) -> Section:
    """The section with every text in it, in reading order, passed through `change`."""

    def each(runs: Runs) -> Runs:
        return change(section, runs) if runs else runs

    title = each(section.title)
    return dataclasses.replace(section, title=title, blocks=tuple(map_block(b, each) for b in section.blocks))


def map_texts(dossier: Dossier, change: TextMap) -> Dossier:
    """The dossier with every text passed through `change`, in reading order (title first)."""
    sections = tuple(map_section(section, change) for section in dossier.sections)
    return dataclasses.replace(dossier, sections=sections)


def texts(dossier: Dossier) -> Iterator[tuple[Section, Runs]]:
    """Every text of the dossier in reading order, with its section."""
    found: list[tuple[Section, Runs]] = []

    def collect(section: Section, runs: Runs) -> Runs:
        found.append((section, runs))
        return runs

    map_texts(dossier, collect)
    return iter(found)


def plain(runs: Runs) -> str:
    """The words of a text without their marks."""
    return "".join(run.text for run in runs)


def fixed(text: str, style: RunStyle = "") -> Runs:
    """A text of the program's own words."""
    return (Run(text, style=style),)
