"""Puts labels, types and generalisations in place of found spans, before any page is laid out. Must not find anything.

Nothing of the hidden words reaches the result: a replacement is made from the subject's id, the case and the place alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from exports.redaction.find import Finder, finder_language
from exports.redaction.labels import Labels, cases_of, label_language, place_cases, words
from exports.redaction.places import general_words
from exports.redaction.policy import Action, Policy, policy
from exports.redaction.protected import ProtectedSet
from exports.redaction.spans import Span

_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ \t\u00a0]+$")
_DETERMINED = re.compile(
    r"\b(?:the|a|an|my|our|your|his|her|their|brother|sister|mother|father|son|daughter|wife|husband|cousin|uncle|aunt|friend|child|nephew|niece|grand\w+|in-law|named|called)[ ,]+$",
    re.IGNORECASE,
)
_INFLECTED = ("ru", "uz_Latn", "uz_Cyrl", "tg", "az")
_OPENERS = "!?…\n"
_SPEECH_BEGINS = re.compile(r":\s*[«„“\"‘][ \u00a0]?$")  # he said: «Person A came»
_SPEECH_GOES_ON = re.compile(r"[!?….][»”\"]\s*[—–-]\s*$")  # «Who?» — person A was silent
_QUOTED_END = re.compile(r"\.»\s*[«(„“\"]?$")


@dataclass(frozen=True)
class RedactedText:
    """What was found in a text, and the text with the spans of the policy replaced."""

    spans: tuple[Span, ...]
    text: str


class Replacer:
    """Replacements for one dossier: keeps the letters, knows each subject's treatment."""

    def __init__(self, protected: ProtectedSet, labels: Labels, *, neutral: bool = False) -> None:
        self._labels = labels
        self._neutral = neutral
        self._kinds: dict[str, str] = {}
        self._general: dict[str, tuple[str, str]] = {}
        self._values: dict[str, str] = {}
        for person in protected.persons:
            relative = person.treatment == "hidden" and person.relative
            self._kinds[person.id] = "relative" if relative else person.treatment
        for place in protected.places:
            self._kinds[place.id] = "place"
            self._general[place.id] = (place.region, place.country)
        for identifier in protected.identifiers:
            self._kinds[identifier.id] = identifier.type
            self._values[identifier.id] = identifier.value

    def value(self, subject: str) -> str:
        """An identifier as registered; nothing for other subjects."""
        return self._values.get(subject, "")

    def kind(self, subject: str) -> str:
        """The policy kind of a subject; persons nobody registered count as pseudonym."""
        return self._kinds.get(subject, "pseudonym")

    def action(self, subject: str, rules: Policy) -> Action:
        """What the policy does with a subject."""
        return rules.action(self.kind(subject))

    def span(self, text: str, span: Span, language: str, action: Action) -> str:
        """The words that stand in place of a span of `text`; `action` is anything but keep."""
        label = label_language(language)
        table = words(label)
        if action == "blank":
            return str(table["blank"])
        if action == "generalise":
            if span.kind == "place":
                return self._place(text, span, label, language) or str(table["place"])
            if span.kind == "identifier":
                return str(table["types"].get(self.kind(span.subject), table["types"]["other"]))
        cases = self._cases(text, span, label, language)
        opens = opens_sentence(text, span.start)
        if (
            action == "role"
            and label == "en"
            and not opens
            and _DETERMINED.search(text[max(0, span.start - 24) : span.start])
        ):
            return str(table["relative_token"])  # my brother [a relative], the [a relative] family
        return self._labels.person(span.subject, label, cases, role=action == "role", opens=opens)

    def _place(self, text: str, span: Span, label: str, language: str) -> str:
        region, country = self._general.get(span.subject, ("", ""))
        before = _WORD_BEFORE.search(text[max(0, span.start - 24) : span.start])
        cases = frozenset({"nom"}) if label == "en" else frozenset()
        if label in _INFLECTED and not self._neutral and finder_language(language) != "mul":
            cases = place_cases(span.endings, label, before[1] if before else "")
        return general_words(region, country, label, cases, before[1] if before else "")

    def _cases(self, text: str, span: Span, label: str, language: str) -> frozenset[str]:
        if label == "en" or label not in _INFLECTED:
            return frozenset({"nom"})
        if self._neutral or finder_language(language) == "mul":
            return frozenset()
        before = _WORD_BEFORE.search(text[max(0, span.start - 24) : span.start])
        return cases_of(span.endings, label, before[1] if before else "")

    def token(self, subject: str, language: str, rules: Policy) -> str:
        """What fills a whole field that names a person."""
        action = self.action(subject, rules)
        label = label_language(language)
        if action == "blank":
            return str(words(label)["blank"])
        return self._labels.token(subject, label, role=action == "role")


def opens_sentence(text: str, start: int) -> bool:
    """Whether a capital is due at a place of a text: also where speech in quotation marks begins or has just ended."""
    before = text[max(0, start - 12) : start]
    if _SPEECH_BEGINS.search(before):
        return True
    if _SPEECH_GOES_ON.search(before):
        return False
    before = _QUOTED_END.sub(".", before).rstrip(" \t\u00a0\"'«„“”(—–")
    return (
        not before
        or before[-1] in _OPENERS
        or (before[-1] == "." and not re.search(r"\b[^\W\d_]{1,2}\.$", before))
    )


def replaced(text: str, pieces: Iterable[tuple[int, int, str]]) -> str:
    """The text with pieces put in; they are in order and do not overlap."""
    out: list[str] = []
    done = 0
    for start, end, instead in pieces:
        out += (text[done:start], instead)
        done = end
    out.append(text[done:])
    return "".join(out)


def redact_text(
    text: str,
    language: str,
    protected: ProtectedSet,
    audience: str = "public",
    possible: Literal["keep", "hide"] = "keep",
    *,
    seed: str | None = None,
    finder: Finder | None = None,
    overrides: Mapping[tuple[int, int], Action] | None = None,
) -> RedactedText:
    """Find and replace in a plain text: certain spans by the audience's policy, possible ones only with `hide`."""
    finder = finder or Finder(protected)
    rules = policy(audience)
    replacer = Replacer(protected, Labels(seed))
    spans = finder.find(text, language)
    pieces = []
    for span in spans:
        if not span.certain and possible == "keep":
            continue
        action = (overrides or {}).get((span.start, span.end)) or replacer.action(span.subject, rules)
        if action != "keep":
            pieces.append((span.start, span.end, replacer.span(text, span, language, action)))
    return RedactedText(tuple(spans), replaced(text, pieces))
