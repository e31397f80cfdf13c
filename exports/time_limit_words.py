"""What a deadline or task is called. Must not compute a date."""

from __future__ import annotations

from exports.time_limits import Deadline
from i18n.message import Message, msg
from storage import choice_label

_RULES: dict[str, Message] = {
    "ecthr-4-months": msg("European Court: four months from receipt"),
    "ecthr-6-months": msg("European Court: six months from receipt"),
    "wgeid-urgent-3-months": msg("Urgent procedure for a disappearance: three months"),
}


def deadline_title(deadline: Deadline) -> Message:
    """The rule in words, or the kind of task."""
    name, _, kind = deadline.rule.partition("-")
    if name == "task" and kind:
        return choice_label("task", "kind", kind)
    return _RULES[deadline.rule]
