"""Topics of an interview and the open questions that belong to them. Must not lead, judge or demand an answer."""

from __future__ import annotations

from dataclasses import dataclass

from i18n.message import Message, msg, pmsg


@dataclass(frozen=True)
class Question:
    """One open question; `id` is what the record keeps."""

    id: str
    words: Message


@dataclass(frozen=True)
class Topic:
    """A topic chip and its questions."""

    id: str
    words: Message
    questions: tuple[Question, ...]


TOPICS: tuple[Topic, ...] = (
    Topic(
        "arrival",
        msg("How they came"),
        (
            Question("arrest.who_came", msg("Who came, and how do you know who they were?")),
            Question("arrest.warrant_shown", msg("Did they show a paper?")),
            Question("arrest.reason_given", msg("Did they say why?")),
        ),
    ),
    Topic(
        "place",
        msg("Where they took the person"),
        (
            Question("detention.where", msg("Where was that?")),
            Question("detention.how_long", msg("How long did it last?")),
            Question("detention.who_knew", msg("Who was told about it, and when?")),
        ),
    ),
    Topic(
        "witness",
        msg("Who saw it"),
        (
            Question("witness.who", msg("Who else was there?")),
            Question("witness.basis", msg("How do you know this?")),
        ),
    ),
    Topic(
        "after",
        msg("What came after"),
        (
            Question("after.steps", msg("What did you or others do then?")),
            Question("after.papers", msg("Are there papers, messages or pictures?")),
            Question("after.told_others", msg("Have you told this to anybody before?")),
        ),
    ),
    Topic(
        "family",
        msg("The family today"),
        (
            Question("family.today", msg("How is the family today?")),
            Question("family.pressure", msg("Has anybody spoken to the family since?")),
            Question("family.fear", msg("What would be dangerous for them if it were known?")),
        ),
    ),
)

# Ways not to have an answer; none of them is a fault.
BLANKS: tuple[tuple[str, Message], ...] = (
    ("unknown", pmsg("answer", "does not know")),
    ("declined", pmsg("answer", "did not want to answer")),
    ("withheld", pmsg("answer", "not said, for safety")),
    ("not_asked", pmsg("answer", "not asked")),
)
