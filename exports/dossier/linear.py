"""The words of a dossier in the order in which the page says them: what the gate expects to read. Must not lay out."""

from __future__ import annotations

from collections.abc import Iterator

from exports.dossier.tree import (
    Beside,
    Block,
    FormRow,
    Heading,
    Paragraph,
    Picture,
    Rule,
    Section,
    SignatureLine,
    Table,
    plain,
)

UNTITLED = frozenset({"cover", "picture"})


def printed_number(number: str | None) -> str:
    """A paragraph's number as it is printed."""
    if number is None:
        return ""
    return f"{number}." if number.isdigit() else number


def block_words(block: Block) -> Iterator[str]:
    """The texts of a block in reading order."""
    match block:
        case Heading():
            yield plain(block.text)
        case Paragraph():
            yield printed_number(block.number)
            yield plain(block.text)
        case FormRow():
            yield block.number
            yield plain(block.label)
            yield plain(block.left_label)
            for number, part in enumerate(block.answer):
                if number < len(block.left):
                    yield plain(block.left[number])
                yield plain(part)
            yield plain(block.note)
        case Table():
            for row in (block.head, *block.rows):
                yield from (plain(cell) for cell in row)
        case Beside():
            yield printed_number(block.number)
            yield plain(block.left)
            yield plain(block.right)
        case SignatureLine():
            yield plain(block.filled)
            yield plain(block.label)
        case Picture():
            yield plain(block.stamp)
        case Rule():
            return


def section_words(section: Section) -> Iterator[str]:
    """The texts of a section: its title (covers and pictures have none of their own), then its blocks."""
    if section.sheet not in UNTITLED:
        yield plain(section.title)
    for block in section.blocks:
        yield from block_words(block)
