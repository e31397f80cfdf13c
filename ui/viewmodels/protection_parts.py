"""The shape of what is said about protection: points, grouped by situation. Must not hold the words themselves."""

from __future__ import annotations

from dataclasses import dataclass

from i18n.message import Message


@dataclass(frozen=True)
class Point:
    """One thing that can happen: when, what is true then, and what the reader can do (empty where nothing helps)."""

    rows: tuple[int, ...]
    when: Message
    truth: Message
    act: Message | None = None


@dataclass(frozen=True)
class Situation:
    """A group of points under one heading; `key` names it for the window's links."""

    key: str
    title: Message
    points: tuple[Point, ...]
