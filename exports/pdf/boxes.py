"""Makes strips of the tree's blocks. Must not change words: what a block says is what its strips say, in the same order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from exports.dossier.linear import printed_number
from exports.dossier.tree import (
    Beside,
    Block,
    FormRow,
    Heading,
    Paragraph,
    Picture,
    Rule,
    Run,
    Runs,
    SignatureLine,
    Table,
)
from exports.pdf import styles
from exports.pdf.flow import Mark, PictureAt, RuleAt, Strip, TextAt
from exports.pdf.lines import Line, Type, break_lines
from exports.pdf.styles import Sheet

_LONGEST_KEPT = 36  # lines of a row of columns that stay together


def _baseline(type: Type) -> float:
    """From the top of a line to its baseline."""
    return type.leading - (type.leading - type.size) / 2 - type.size * 0.22


def _text(x: float, y: float, line: Line, type: Type) -> TextAt:
    return TextAt(x, y + _baseline(type), line, type)


def _line_strips(
    lines: list[Line], type: Type, x: float, before: float, after: float, first: tuple[Mark, ...] = ()
) -> Iterator[Strip]:
    """Lines of a paragraph; the first two and the last two never part."""
    last = len(lines) - 1
    for number, line in enumerate(lines):
        marks: tuple[Mark, ...] = (_text(x, 0, line, type),)
        keep = number < last and (number == 0 or number == last - 1)
        height = type.leading + (after if number == last else 0.0)
        yield Strip(height, (first + marks) if number == 0 else marks, before if number == 0 else 0.0, keep)


def heading(block: Heading, sheet: Sheet) -> Iterator[Strip]:
    """A heading stays with what follows."""
    type, before, after = styles.HEADINGS[block.level]
    lines = break_lines(block.text, sheet.measure, type)
    for number, line in enumerate(lines):
        end = after if number == len(lines) - 1 else 0.0
        yield Strip(type.leading + end, (_text(0, 0, line, type),), before if number == 0 else 0.0, True)


def paragraph(block: Paragraph, sheet: Sheet) -> Iterator[Strip]:
    """A paragraph with its number hanging in the margin column."""
    given = {"body": sheet.body, "quote": sheet.quote, "item": sheet.item}.get(block.style)
    type, before, after = (given, 0.0, sheet.gap) if given else styles.PARAGRAPHS[block.style]
    indent = sheet.indent if block.number is not None else 0.0
    if block.style in ("item", "hash"):
        indent = sheet.indent * 0.8
    x = indent if block.style != "item" else sheet.indent + indent
    first: tuple[Mark, ...] = ()
    if block.number is not None:
        number_type = sheet.body if block.style not in ("hash", "lead") else styles.COUNTER
        number = break_lines((Run(printed_number(block.number)),), sheet.measure, number_type)
        first = tuple(
            _text(x - indent, type.leading - number_type.leading, line, number_type) for line in number
        )
    lines = break_lines(block.text, sheet.measure - x, type)
    if first and not lines:  # nothing printable: the number still stands, as the approved view says
        yield Strip(type.leading + after, first, before)
    yield from _line_strips(lines, type, x, before, after, first)


def signature(block: SignatureLine, sheet: Sheet) -> Iterator[Strip]:
    """A line to write on with its purpose under it."""
    width = sheet.measure * 0.62
    marks: list[Mark] = []
    y = 30.0
    for line in break_lines(block.filled, width, sheet.body):
        marks.append(_text(0, y - sheet.body.leading - 2, line, sheet.body))
    marks.append(RuleAt(0, y, width, 0.5, "quiet"))
    y += 4
    for line in break_lines(block.label, sheet.measure, styles.LABEL):
        marks.append(_text(0, y, line, styles.LABEL))
        y += styles.LABEL.leading
    yield Strip(y + 4, tuple(marks), 4)


def columns(
    cells: list[tuple[Runs, Type, float, float]], before: float, after: float, keep: bool, rule: str = ""
) -> Iterator[Strip]:
    """Texts side by side, cell by cell: each is (text, face, x, width). Long ones go on under each other in bands."""
    broken = [(break_lines(text, width, type), type, x) for text, type, x, width in cells]
    tallest = max((len(lines) for lines, _, _ in broken), default=0)
    for start in range(0, max(tallest, 1), _LONGEST_KEPT):
        marks: list[Mark] = []
        height = 0.0
        for lines, type, x in broken:
            y = 0.0
            for line in lines[start : start + _LONGEST_KEPT]:
                marks.append(_text(x, y, line, type))
                y += type.leading
            height = max(height, y)
        final = start + _LONGEST_KEPT >= tallest
        if final and rule:
            marks.append(RuleAt(0, height + after * 0.5, _width(cells), 0.4, rule))
        yield Strip(
            height + (after if final else 0.0), tuple(marks), before if start == 0 else 0.0, keep and final
        )


def _width(cells: list[tuple[Runs, Type, float, float]]) -> float:
    return max(x + width for _, _, x, width in cells)


def table(block: Table, sheet: Sheet) -> Iterator[Strip]:
    """A table with a quiet head; rows are divided by hairlines and never cut."""
    gap = 10.0
    places: list[tuple[float, float]] = []
    x = 0.0
    for share in block.widths:
        places.append((x, sheet.measure * share - gap))
        x += sheet.measure * share
    head = [
        (text, styles.TABLE_HEAD, at, width) for text, (at, width) in zip(block.head, places, strict=True)
    ]
    yield from columns(head, 4, 6, True, "rule")
    for row in block.rows:
        cells = [(text, styles.TABLE_CELL, at, width) for text, (at, width) in zip(row, places, strict=True)]
        yield from columns(cells, 2, 7, False, "rule")


def beside(block: Beside, sheet: Sheet) -> Iterator[Strip]:
    """A passage and its translation in two columns."""
    start = sheet.indent if block.number is not None else 0.0
    width = (sheet.measure - start - 20) / 2
    type = Type(
        sheet.body.plain,
        sheet.body.bold,
        sheet.body.italic,
        sheet.body.size * 0.93,
        sheet.body.leading * 0.92,
    )
    quiet = styles.italic(type.size, type.leading)
    cells = [(block.left, type, start, width), (block.right, quiet, start + width + 20, width)]
    if block.number is not None:
        cells.insert(0, ((Run(printed_number(block.number)),), type, 0.0, start - 4))
    yield from columns(cells, 0, sheet.gap, False)


def form_row(block: FormRow, sheet: Sheet) -> Iterator[Strip]:
    """Number and label on the left, the answer on the right; long answers run below over the whole measure."""
    number_width = 46.0
    label_width = sheet.measure * styles.LABEL_SHARE - number_width
    x = sheet.measure * styles.LABEL_SHARE + 8
    wide = bool(block.flow or block.left) or sum(len(run.text) for part in block.answer for run in part) > 420
    cells = [
        ((Run(block.number),), styles.NUMBER, 0.0, number_width - 6),
        (block.label, styles.LABEL, number_width, label_width),
    ]
    if not wide:
        first = block.answer[0] if block.answer else ()
        cells.append((first, sheet.body, x, sheet.measure - x))
        rest = block.answer[1:]
        last = not rest and not block.note
        yield from columns(cells, 5, 7 if last else 1, not last, "rule" if last else "")
        for number, part in enumerate(rest, 1):
            done = number == len(rest) and not block.note
            yield from columns([(part, sheet.body, x, sheet.measure - x)], 0, 7 if done else 1, False)
    else:
        cells[1] = (block.label, styles.LABEL, number_width, sheet.measure - number_width)
        yield from columns(cells, 5, 3, True)
        yield from _wide_answer(block, sheet)
    if block.note:
        yield from columns(
            [(block.note, styles.COUNTER, number_width, sheet.measure - number_width)], 1, 7, False, "rule"
        )


def _wide_answer(block: FormRow, sheet: Sheet) -> Iterator[Strip]:
    left_width = sheet.measure * 0.26 if block.left else 0.0
    if block.left_label:
        yield from columns([(block.left_label, styles.TABLE_HEAD, 0.0, sheet.measure)], 0, 3, True)
    for number, part in enumerate(block.answer):
        if block.left:
            lead = block.left[number] if number < len(block.left) else ()
            cells = [
                (lead, sheet.body, 0.0, left_width - 12),
                (part, sheet.body, left_width, sheet.measure - left_width),
            ]
            yield from columns(cells, 0, 5, False)
        else:
            yield from _line_strips(break_lines(part, sheet.measure, sheet.body), sheet.body, 0, 0, 5)


def picture(block: Picture, sheet: Sheet) -> Strip:
    """A whole page: the stamp in its own margin, the picture under it, so that no stamp covers anything."""
    marks: list[Mark] = []
    y = 0.0
    for line in break_lines(block.stamp, sheet.measure, styles.LABEL):
        marks.append(_text(0, y, line, styles.LABEL))
        y += styles.LABEL.leading
    marks.append(PictureAt(block.place, 0, y + 4, sheet.measure, sheet.depth - y - 4))
    return Strip(sheet.depth, tuple(marks))


def strips(blocks: Iterable[Block], sheet: Sheet) -> Iterator[Strip]:
    """The strips of blocks, in reading order; lines to sign on stay with each other and with what stands before them."""
    waiting: Strip | None = None
    for block in blocks:
        for number, strip in enumerate(_block_strips(block, sheet)):
            if waiting is not None:
                signed = number == 0 and isinstance(block, SignatureLine)
                yield replace(waiting, keep=True) if signed else waiting
            waiting = strip
    if waiting is not None:
        yield waiting


def _block_strips(block: Block, sheet: Sheet) -> Iterator[Strip]:
    match block:
        case Heading():
            yield from heading(block, sheet)
        case Paragraph():
            yield from paragraph(block, sheet)
        case FormRow():
            yield from form_row(block, sheet)
        case Table():
            yield from table(block, sheet)
        case Beside():
            yield from beside(block, sheet)
        case SignatureLine():
            yield from signature(block, sheet)
        case Picture():
            yield picture(block, sheet)
        case Rule():
            yield Strip(28, (RuleAt(0, 14, sheet.measure, 0.5, "rule"),))
