"""The reviewer's work on one copy as plain values: passages, mentions, decisions, what is still to look at. Must not know Qt or the vault.

A mention is *open* while it is only possible and nobody has decided; certain mentions follow the policy until somebody
decides otherwise. Decisions are the documents stored in ``petition["redactions"]``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

CONTEXT = 32
"""Letters of the text stored on either side of a quote, so that a decision finds its place again."""

HINT = "suggestion"
"""The kind of a mention that nobody registered: worth a look, but no reason to hold a copy back."""

Decision = dict[str, Any]


class Outcome(Enum):
    """What becomes of a mention; the values are the actions written into a decision."""

    HIDE = "hide"
    PSEUDONYM = "pseudonym"
    KEEP = "keep"
    NOT_THIS = "not_this"
    OPEN = "open"


@dataclass(frozen=True)
class Passage:
    """One paragraph under review and where it stands in the records."""

    record: str
    path: str
    text: str
    language: str = ""
    section: str = ""


@dataclass(frozen=True)
class Mention:
    """One place in a passage that names, or may name, somebody or something protected.

    `label` is what will stand there instead; empty for a blank. `how` tells why it was found.
    """

    key: int
    passage: int
    start: int
    end: int
    quote: str
    subject: str | None
    kind: str
    certain: bool
    how: str = ""
    candidates: tuple[str, ...] = ()
    outcome: Outcome = Outcome.OPEN
    label: str = ""
    decided: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody still has to look at it."""
        return self.outcome is Outcome.OPEN

    @property
    def stays(self) -> bool:
        """Whether the words stay as they are by somebody's decision."""
        return self.outcome in (Outcome.KEEP, Outcome.NOT_THIS)


@dataclass(frozen=True)
class Group:
    """All mentions of one person or of one kind of thing that meet the same end."""

    subject: str | None
    kind: str
    outcome: Outcome
    label: str
    count: int
    forms: tuple[str, ...]
    first: int

    @property
    def stays(self) -> bool:
        """Whether these stay as they are."""
        return self.outcome in (Outcome.KEEP, Outcome.NOT_THIS)


@dataclass(frozen=True)
class Review:
    """One copy under review: immutable; every command returns another."""

    audience: str
    passages: tuple[Passage, ...] = ()
    mentions: tuple[Mention, ...] = ()
    current: int | None = None

    # what there is

    def at(self, key: int | None) -> Mention | None:
        """The mention with this key."""
        return next((mention for mention in self.mentions if mention.key == key), None)

    @property
    def to_look_at(self) -> tuple[Mention, ...]:
        """Open mentions in reading order."""
        return tuple(mention for mention in self.mentions if mention.open)

    @property
    def certain(self) -> int:
        """How many certain mentions will be replaced, confirmed or not."""
        return sum(mention.certain and not mention.stays for mention in self.mentions)

    @property
    def undecided(self) -> int:
        """How many possible mentions of somebody registered are open: these hold a public copy back."""
        return sum(mention.open and mention.kind != HINT for mention in self.mentions)

    @property
    def to_accept(self) -> tuple[Mention, ...]:
        """Certain mentions nobody has confirmed yet."""
        return tuple(mention for mention in self.mentions if mention.certain and not mention.decided)

    @property
    def settled(self) -> bool:
        """Whether nothing open stands between this copy and paper."""
        return not self.undecided

    def groups(self) -> tuple[Group, ...]:
        """Found mentions by person and end, most frequent first, kept ones last."""
        kept: dict[tuple[str | None, str, Outcome], list[Mention]] = {}
        for mention in self.mentions:
            if not mention.open:
                kept.setdefault((mention.subject, _family(mention), mention.outcome), []).append(mention)
        made = [_group(key, found) for key, found in kept.items()]
        return tuple(sorted(made, key=lambda group: (group.stays, -group.count, group.first)))

    # walking

    def step(self, by: int, *, everything: bool = False) -> Review:
        """Go to the next or previous mention to look at; through all of them when none is open or when asked."""
        walked = self.mentions if everything or not self.to_look_at else self.to_look_at
        if not walked:
            return replace(self, current=None)
        order = {mention.key: number for number, mention in enumerate(self.mentions)}
        here = order.get(self.current, -1 if by > 0 else len(order)) if self.current is not None else -1
        if by > 0:
            following = [mention for mention in walked if order[mention.key] > here]
            return replace(self, current=(following or walked)[0].key)
        earlier = [mention for mention in walked if order[mention.key] < here]
        return replace(self, current=(earlier or walked)[-1].key)

    def go_to(self, key: int) -> Review:
        """Take one mention in hand."""
        return replace(self, current=key) if self.at(key) else self

    # deciding

    def decide(
        self, key: int, outcome: Outcome, *, subject: str | None = None, label: str | None = None
    ) -> Review:
        """One mention decided; an open one hands over to the next open one."""
        was = self.at(key)
        if was is None:
            return self
        now = replace(was, outcome=outcome, decided=True, subject=subject or was.subject)
        if label is not None:
            now = replace(now, label=label)
        made = replace(
            self, mentions=tuple(now if mention.key == key else mention for mention in self.mentions)
        )
        return made.step(1) if was.open and made.to_look_at else made

    def accept_certain(self) -> Review:
        """Every certain mention confirmed as the policy has it."""
        return replace(
            self,
            mentions=tuple(
                replace(m, decided=True) if m.certain and not m.open else m for m in self.mentions
            ),
        )

    def mark(
        self,
        passage: int,
        start: int,
        end: int,
        outcome: Outcome,
        *,
        subject: str | None = None,
        label: str = "",
    ) -> Review:
        """A stretch nobody found, decided by the reviewer; it takes the place of open mentions it covers."""
        text = self.passages[passage].text
        if not 0 <= start < end <= len(text):
            return self
        rest = [m for m in self.mentions if not (m.passage == passage and m.start < end and start < m.end)]
        key = max((mention.key for mention in self.mentions), default=-1) + 1
        made = Mention(
            key,
            passage,
            start,
            end,
            text[start:end],
            subject,
            "marked",
            True,
            "marked",
            (),
            outcome,
            label,
            True,
        )
        ordered = sorted([*rest, made], key=lambda mention: (mention.passage, mention.start))
        return replace(self, mentions=tuple(ordered), current=key)


def _family(mention: Mention) -> str:
    return "" if mention.subject else mention.kind


def _group(key: tuple[str | None, str, Outcome], found: Sequence[Mention]) -> Group:
    forms = tuple(dict.fromkeys(mention.quote for mention in found))
    labels = Counter(mention.label.strip("[]") for mention in found if mention.label)
    return Group(
        key[0], key[1], key[2], labels.most_common(1)[0][0] if labels else "", len(found), forms, found[0].key
    )


def decision_for(passage: Passage, mention: Mention, by: str, reason: str = "") -> Decision:
    """The decision as the petition stores it, with 32 letters of the text on either side."""
    made: Decision = {
        "record": passage.record,
        "path": passage.path,
        "quote": mention.quote,
        "before": passage.text[max(0, mention.start - CONTEXT) : mention.start],
        "after": passage.text[mention.end : mention.end + CONTEXT],
        "action": mention.outcome.value,
        "by": {"words": by},
    }
    if mention.subject:
        made["subject"] = mention.subject
    if reason:
        made["reason"] = reason
    return made


def _place(decision: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(decision.get(name, "")) for name in ("record", "path", "quote", "before", "after"))


def merged_decisions(stored: Iterable[Decision], made: Iterable[Decision]) -> list[Decision]:
    """Stored decisions with new ones added; a new decision about the same place replaces the old, and keeps its id."""
    result = {_place(decision): dict(decision) for decision in stored}
    for decision in made:
        old = result.get(_place(decision), {})
        result[_place(decision)] = {**({"id": old["id"]} if "id" in old else {}), **decision}
    return list(result.values())


_AROUND = 700


@dataclass(frozen=True)
class Reading:
    """A part of a paragraph as it will read: words, a blank, or a place still open."""

    words: str = ""
    blank: bool = False
    open: bool = False


def reading_of(review: Review) -> tuple[Reading, ...]:
    """How the paragraph in hand will read; a very long one is cut to what stands around the mention in hand."""
    mention = review.at(review.current)
    if mention is None:
        return ()
    text = review.passages[mention.passage].text
    first = 0 if len(text) <= 2 * _AROUND else max(0, mention.start - _AROUND)
    last = min(len(text), mention.end + _AROUND) if len(text) > 2 * _AROUND else len(text)
    parts: list[Reading] = []
    at = first
    for each in review.mentions:
        if each.passage != mention.passage or each.start < at or each.end > last:
            continue
        parts += [Reading(text[at : each.start]), _reading(each)]
        at = each.end
    return tuple(part for part in (*parts, Reading(text[at:last])) if part != Reading())


def _reading(mention: Mention) -> Reading:
    if mention.open and mention.kind != HINT:
        return Reading(open=True)
    if mention.stays or mention.open:
        return Reading(mention.quote)
    return Reading(mention.label, blank=not mention.label)
