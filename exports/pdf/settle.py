"""Settles what depends on how long the shown words are: boxes that share a text, counters, rows cut to a page's size.

Must run after redaction only, so that no length of a hidden name decides anything on the page. The official boxes are
Calibri 11, which does not ship: lines are estimated with Noto Sans scaled to Calibri's average width (docs/formats/forms.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from exports.dossier.tree import Beside, Block, Capacity, Dossier, FormRow, Run, Runs, Section, Table, plain
from exports.pdf import faces
from exports.pdf.clean import printable_text
from exports.words import say
from i18n.message import Message, msg

# Mean width of a character in Calibri 11 pt over the form's printed texts (195 mm box = about 100 characters), and what
# Noto Sans must be scaled by to come to the same mean.
CALIBRI_MEAN_POINTS = 5.53
NOTO_SANS_TO_CALIBRI = 0.885
BOX_TYPE_SIZE = 11
_BESIDE_CHARACTERS = 620
_CELL_CHARACTERS = 1500  # of a cell over the whole measure
_ROW_CHARACTERS = 1100


@dataclass(frozen=True)
class Used:
    """How much of a box a text fills."""

    characters: int
    lines: int

    def over(self, capacity: Capacity) -> bool:
        """Whether it does not fit."""
        too_many = capacity.characters is not None and self.characters > capacity.characters
        return too_many or (capacity.lines is not None and self.lines > capacity.lines)


def estimated_lines(text: str, per_line: int) -> int:
    """Lines a text takes in a box of about `per_line` characters of Calibri 11."""
    face = faces.face(faces.SANS)
    measure = per_line * CALIBRI_MEAN_POINTS
    space = face.width(" ", BOX_TYPE_SIZE) * NOTO_SANS_TO_CALIBRI
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split(" "):
            width = (
                sum(face.width(c, BOX_TYPE_SIZE) if face.has(c) else BOX_TYPE_SIZE for c in word)
                * NOTO_SANS_TO_CALIBRI
            )
            if used and used + space + width > measure:
                lines, used = lines + 1, 0.0
            used += width + (space if used else 0.0)
            while used > measure:
                lines, used = lines + 1, used - measure
    return lines


def used_of(answer: tuple[Runs, ...], capacity: Capacity) -> Used:
    """How much of its box an answer fills."""
    texts = [printable_text(plain(part)) for part in answer]
    lines = sum(estimated_lines(text, capacity.per_line) for text in texts) if capacity.per_line else 0
    return Used(sum(map(len, texts)), lines)


def counter(answer: tuple[Runs, ...], capacity: Capacity) -> Message:
    """The words of a box's counter."""
    used = used_of(answer, capacity)
    if capacity.lines is not None:
        if used.over(capacity):
            return msg(
                "About {used} of {allowed} lines used: too long. Estimated, not verified.",
                used=used.lines,
                allowed=capacity.lines,
            )
        return msg(
            "About {used} of {allowed} lines used. Estimated, not verified.",
            used=used.lines,
            allowed=capacity.lines,
        )
    if used.over(capacity):
        return msg(
            "{used} of {allowed} characters used: too long.",
            used=used.characters,
            allowed=capacity.characters,
        )
    return msg("{used} of {allowed} characters used.", used=used.characters, allowed=capacity.characters)


def settle(dossier: Dossier) -> Dossier:
    """The dossier with shared texts spread over their boxes, long rows cut, and for filing the boxes' counters written."""
    counted = dossier.audience == "filing"
    return replace(dossier, sections=tuple(_settle_section(section, counted) for section in dossier.sections))


def _settle_section(section: Section, counted: bool) -> Section:
    blocks: list[Block] = []
    for block in _spread(list(section.blocks)):
        if isinstance(block, FormRow):
            row = _cut_answers(block)
            blocks.append(_counted(row, section.language) if counted else row)
        elif isinstance(block, Beside):
            blocks += _cut_beside(block)
        elif isinstance(block, Table):
            blocks.append(
                replace(
                    block, rows=tuple(row for long in block.rows for row in _cut_cells(long, block.widths))
                )
            )
        else:
            blocks.append(block)
    return replace(section, blocks=tuple(blocks))


def _spread(blocks: list[Block]) -> list[Block]:
    """Move what does not fit from a box into the next one of the same flow, at paragraph ends; the last takes the rest."""
    for index, block in enumerate(blocks):
        if not isinstance(block, FormRow) or not block.flow:
            continue
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(following, FormRow) and following.flow == block.flow and block.capacity is not None:
            fits = _how_many_fit(block)
            left = block.left
            blocks[index] = replace(block, answer=block.answer[:fits], left=left[:fits])
            moved_left = left[fits:] + following.left
            blocks[index + 1] = replace(
                following, answer=block.answer[fits:] + following.answer, left=moved_left
            )
    return blocks


def _how_many_fit(row: FormRow) -> int:
    capacity = row.capacity
    if capacity is None or capacity.lines is None or capacity.per_line is None:
        return len(row.answer)
    lines = 0
    for number, part in enumerate(row.answer):
        lines += estimated_lines(printable_text(plain(part)), capacity.per_line)
        if lines > capacity.lines:
            return max(number, 1)
    return len(row.answer)


def _counted(row: FormRow, language: str) -> FormRow:
    if row.capacity is None:
        return row
    words = say(counter(row.answer, row.capacity), language)
    return replace(row, note=(Run(words, language=language),))


def _cut_answers(row: FormRow) -> FormRow:
    if not row.left:
        return row
    answers: list[Runs] = []
    lefts: list[Runs] = []
    for number, part in enumerate(row.answer):
        pieces = cut(part, _ROW_CHARACTERS)
        answers += pieces
        lefts += [row.left[number] if number < len(row.left) else (), *([()] * (len(pieces) - 1))]
    return replace(row, answer=tuple(answers), left=tuple(lefts))


def _cut_beside(block: Beside) -> list[Beside]:
    longest = max(len(printable_text(plain(block.left))), len(printable_text(plain(block.right))))
    count = -(-longest // _BESIDE_CHARACTERS)
    if count <= 1:
        return [block]
    left, right = cut_evenly(block.left, count), cut_evenly(block.right, count)
    return [Beside(block.number if n == 0 else None, left[n], right[n]) for n in range(count)]


def _cut_cells(row: tuple[Runs, ...], widths: tuple[float, ...]) -> list[tuple[Runs, ...]]:
    lengths = [len(printable_text(plain(cell))) for cell in row]
    count = max(
        int(-(-length // (_CELL_CHARACTERS * share))) for length, share in zip(lengths, widths, strict=True)
    )
    if count <= 1:
        return [row]
    parts = [cut_evenly(cell, count) for cell in row]
    return [tuple(part[n] for part in parts) for n in range(count)]


def cut(runs: Runs, size: int) -> list[Runs]:
    """A text in pieces of about `size` printed characters, cut at spaces."""
    length = len(printable_text(plain(runs)))
    return [runs] if length <= size else cut_evenly(runs, -(-length // size))


def cut_evenly(runs: Runs, count: int) -> list[Runs]:
    """A text in `count` pieces of about equal printed length, cut at spaces where there are any (some may be empty)."""
    size = max(1, -(-len(printable_text(plain(runs))) // count))
    pieces: list[list[Run]] = [[] for _ in range(count)]
    used = 0
    for run in runs:
        for part in _bits(run.text, size):
            index = min(used // size, count - 1)
            target = pieces[index]
            if target and target[-1] == replace(run, text=target[-1].text):
                target[-1] = replace(run, text=target[-1].text + part)
            else:
                target.append(replace(run, text=part))
            used += len(printable_text(part))
    return [tuple(piece) for piece in pieces]


def _bits(text: str, size: int) -> list[str]:
    """Words with the space after them; a word longer than a piece is cut."""
    bits: list[str] = []
    for word in text.split(" "):
        # A letter without a glyph is printed as up to ten: a word is cut by what it takes on paper.
        step = size if len(printable_text(word)) <= size else max(1, size // 10)
        bits += [word[i : i + step] for i in range(0, len(word), step)] or [""]
        bits[-1] += " "
    bits[-1] = bits[-1][:-1]
    return [bit for bit in bits if bit]
