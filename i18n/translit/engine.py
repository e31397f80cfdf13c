"""Applies a transliteration scheme, a table of rules in `schemes/*.tsv`. Must hold no language's letters itself.

A rule is `source, target, left, right`. At each place the longest source wins, and of equal ones the one with more
conditions. A condition lists what may stand beside: `^` no letter before, `$` none after, `V` a vowel of the scheme, `C`
another letter, `.` anything, or the letters themselves. Signs no rule knows are copied. Capitals follow the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from i18n import case
from i18n.apostrophes import APOSTROPHES, to_uzbek

_FOLDER = Path(__file__).resolve().parent / "schemes"
_EXCEPTIONS = {"uz_1995": "uz_exceptions.tsv"}
_SOFT = "(ь)"


@dataclass(frozen=True)
class Rule:
    """One line of a scheme."""

    source: str
    target: str
    left: str = "."
    right: str = "."

    @property
    def weight(self) -> tuple[int, int]:
        """Longer sources first, then more conditions."""
        return (len(self.source), (self.left != ".") + (self.right != "."))


RuleTable = dict[str, list[Rule]]


@dataclass(frozen=True)
class Scheme:
    """A scheme: languages or alphabets it joins, its vowels, and rules by first letter for each direction."""

    name: str
    source: str
    target: str
    vowels: frozenset[str]
    there: RuleTable
    back: RuleTable

    @property
    def reversible(self) -> bool:
        """Whether the scheme can be read back."""
        return bool(self.back)


def scheme_names() -> list[str]:
    """All schemes that ship."""
    return sorted(path.stem for path in _FOLDER.glob("*.tsv") if path.name not in _EXCEPTIONS.values())


@cache
def scheme(name: str) -> Scheme:
    """Load a scheme; KeyError for a name that does not ship."""
    if name not in scheme_names():
        raise KeyError(name)
    head: dict[str, str] = {}
    sections: dict[str, list[Rule]] = {"there": [], "back": []}
    section = ""
    for cells in _lines(_FOLDER / f"{name}.tsv"):
        if cells[0].startswith("["):
            section = cells[0].strip("[]")
        elif section:
            target, left, right = (*cells[1:], "", "", "")[:3]
            sections[section].append(Rule(cells[0], target, left or ".", right or "."))
        else:
            head[cells[0]] = cells[1]
    if name in _EXCEPTIONS:
        for latin, cyrillic in _lines(_FOLDER / _EXCEPTIONS[name]):
            sections["back"] += _exception(latin, cyrillic)
            sections["there"] += _exception_there(latin, cyrillic)
    return Scheme(
        name,
        head["from"],
        head["to"],
        frozenset(head.get("vowels", "")),
        _by_first_letter(sections["there"]),
        _by_first_letter(sections["back"]),
    )


def convert(text: str, name: str, *, back: bool = False) -> str:
    """The text by a scheme; `back` reads it in the other direction (ValueError where the scheme cannot be)."""
    plan = scheme(name)
    if back and not plan.reversible:
        raise ValueError("the scheme cannot be read back")
    if plan.target == "uz_Latn" and back:
        text = to_uzbek(text)
    return _convert(text, name, back)


def forget() -> None:
    """Drop memoised texts."""
    _convert.cache_clear()


@lru_cache(maxsize=4096)
def _convert(text: str, name: str, back: bool) -> str:
    plan = scheme(name)
    table = plan.back if back else plan.there
    source, target = (plan.target, plan.source) if back else (plan.source, plan.target)
    small = _lower_each(text, source)
    out: list[str] = []
    place = 0
    while place < len(text):
        rule = _best(table, small, place, plan.vowels)
        if rule is None:
            out.append(text[place])
            place += 1
            continue
        end = place + len(rule.source)
        out.append(_with_capitals(rule.target, text, place, end, target))
        place = end
    return "".join(out)


def _best(table: RuleTable, small: str, place: int, vowels: frozenset[str]) -> Rule | None:
    for rule in table.get(small[place], ()):
        if not small.startswith(rule.source, place):
            continue
        end = place + len(rule.source)
        before = small[place - 1] if place else ""
        after = small[end] if end < len(small) else ""
        if _fits(rule.left, before, "^", vowels) and _fits(rule.right, after, "$", vowels):
            return rule
    return None


def _fits(condition: str, neighbour: str, edge: str, vowels: frozenset[str]) -> bool:
    if condition == ".":
        return True
    letter = neighbour.isalpha() or (neighbour != "" and neighbour in APOSTROPHES)
    for sign in condition:
        if sign == edge and not letter:
            return True
        if sign == "V" and neighbour in vowels:
            return True
        if sign == "C" and neighbour.isalpha() and neighbour not in vowels and neighbour not in APOSTROPHES:
            return True
        if sign == neighbour:
            return True
    return False


def _with_capitals(target: str, text: str, start: int, end: int, language: str) -> str:
    """The target in the capitals of the source slice; a one-letter slice looks at its neighbours (ШАҲАР, Шаҳар)."""
    source = text[start:end]
    capitals = [char.isupper() for char in source if char.isalpha() and char not in APOSTROPHES]
    if not capitals or not capitals[0]:
        return target
    if len(capitals) > 1:
        everything = all(capitals)
    else:
        around = text[end : end + 1], text[start - 1 : start] if start else ""
        following = next((char for char in around if char.isalpha() and char not in APOSTROPHES), "")
        everything = following.isupper()
    return case.upper(target, language) if everything else case.capitalize(target, language)


def _lower_each(text: str, language: str) -> str:
    """Small letters with unchanged length, so that places stay places."""
    return "".join(small if len(small := case.lower(char, language)) == 1 else char for char in text)


def _by_first_letter(rules: Iterable[Rule]) -> RuleTable:
    table: RuleTable = {}
    for rule in sorted(rules, key=lambda rule: rule.weight, reverse=True):
        table.setdefault(rule.source[0], []).append(rule)
    return table


def _exception(latin: str, cyrillic: str) -> list[Rule]:
    right = "$" if latin.endswith("$") else "."
    latin = latin.rstrip("$")
    if not cyrillic.endswith(_SOFT):
        return [Rule(latin, cyrillic, "^", right)]
    stem = cyrillic.removesuffix(_SOFT)
    return [Rule(latin, stem, "^", "V"), Rule(latin, stem + "ь", "^", right)]


def _exception_there(latin: str, cyrillic: str) -> list[Rule]:
    right = "$" if latin.endswith("$") else "."
    latin, stem = latin.rstrip("$"), cyrillic.removesuffix(_SOFT)
    rules = [Rule(stem, latin, "^", right)]
    return [*rules, Rule(stem + "ь", latin, "^", right)] if stem != cyrillic else rules


def _lines(path: Path) -> Iterator[list[str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")
