"""Measures misspellings one edit away: every registered name word of the labelled texts with one letter left out, added, changed or swapped."""

from __future__ import annotations

import random
from collections import defaultdict

from exports.redaction import Finder, protected_from_names
from i18n import fold
from tests.bench.redaction.run import SETS, load

_FRAMES = {"ru": "Вчера я видел, как {} шёл.", "tg": "Ман дидам, ки {} рафт.", "uz": "Kecha men {} ketganini koʻrdim.", "uz-Cyrl": "Кеча мен {} кетганини кўрдим.", "az": "Dünən mən {} gedəni gördüm.", "en": "Then I saw {} at the gate."}  # fmt: skip
_LATIN, _CYRILLIC = "abdefghiklmnoprstuvxyz", "абвгдезиклмнопрстухчшюя"


def slips(word: str, draw: random.Random, count: int) -> set[str]:
    """Some of the words one edit away whose key differs from the word's; the first letter stays a capital."""
    letters = _CYRILLIC if ord(word[0]) > 0x400 else _LATIN
    found: set[str] = set()
    for _ in range(count * 4):
        place = draw.randrange(1, len(word))
        kind = draw.choice(["delete", "insert", "change", "swap"])
        new = draw.choice(letters)
        if kind == "delete":
            made = word[:place] + word[place + 1 :]
        elif kind == "insert":
            made = word[:place] + new + word[place:]
        elif kind == "change":
            made = word[:place] + new + word[place + 1 :]
        else:
            made = (
                word[: place - 1].capitalize() + (word[place] + word[place - 1]) + word[place + 1 :]
                if place > 1
                else word
            )
        if fold.t_key(made) != fold.t_key(word) and len(found) < count:
            found.add(made)
    return found


def slip_report(each: int = 12, seed: int = 5) -> str:
    """Recall by length of the name: certain, and at least possible."""
    draw = random.Random(seed)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    missed: list[str] = []
    for set_name in SETS:
        for language, data in load(set_name):
            finder = Finder(protected_from_names({"persons": data["persons"]}, officials=()))
            for person in finder.protected.persons:
                for word in {
                    word.text for name in person.names for word in name.words if len(word.text) >= 5
                }:
                    size = "5-6" if len(word) < 7 else "7-8" if len(word) < 9 else "9+"
                    for made in slips(word, draw, each):
                        spans = finder.find(_FRAMES[language].format(made), language)
                        count = counts[size]
                        count[0] += 1
                        count[1] += any(span.certain for span in spans)
                        count[2] += bool(spans)
                        if not spans:
                            missed.append(f"{language} {word} {made}")
    lines = [
        f"{size:<5} {n:>6} certain {c / n:.3f}, at least possible {p / n:.3f}"
        for size, (n, c, p) in sorted(counts.items())
    ]
    return "\n".join(
        [
            "one letter off:",
            *lines,
            f"missed, some of {len(missed)}: " + "; ".join(draw.sample(missed, min(14, len(missed)))),
        ]
    )


if __name__ == "__main__":
    print(slip_report())
