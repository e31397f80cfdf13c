"""Measures the finder on labelled texts: recall, precision, boundaries, speed, every miss. Run: python -m tests.bench.redaction.run"""

from __future__ import annotations

import argparse
import re
import sys
import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from exports.redaction import Finder, Span, protected_from_names  # noqa: E402

HERE = Path(__file__).resolve().parent
SETS = ("first", "second")
_MARK = re.compile(r"\{\{([^|{}]*)\|([^|{}]*)\|([^|{}]*)\}\}")


@dataclass(frozen=True)
class Label:
    """A marked stretch: whose, whether it may only be possible (`doubt`), whether it is nobody (`nobody`)."""

    start: int
    end: int
    subjects: frozenset[str]
    phenomenon: str
    doubt: bool
    nobody: bool


@dataclass
class Score:
    """Counts of one language or phenomenon."""

    wanted: int = 0
    found: int = 0
    exact: int = 0
    given: int = 0
    right: int = 0
    possible: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0


@dataclass
class Result:
    """All scores of one set, and every miss and false hit as a line."""

    languages: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    phenomena: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    misses: list[str] = field(default_factory=list)
    false_hits: list[str] = field(default_factory=list)
    words: int = 0
    seconds: float = 0.0


def unmark(marked: str) -> tuple[str, list[Label]]:
    """The plain text and its labels."""
    out: list[str] = []
    labels: list[Label] = []
    done = length = 0
    for match in _MARK.finditer(marked):
        before = marked[done : match.start()]
        out.append(before)
        length += len(before)
        who, words, phenomenon = match.groups()
        doubt, nobody = who.startswith("?"), who.startswith("!")
        subjects = frozenset(who.lstrip("?!").split("/")) - {""}
        labels.append(Label(length, length + len(words), subjects, phenomenon, doubt, nobody))
        out.append(words)
        length += len(words)
        done = match.end()
    out.append(marked[done:])
    return "".join(out), labels


def load(set_name: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Every file of a set: its name and content."""
    for path in sorted((HERE / set_name).glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text(encoding="utf-8"))


def measure(set_name: str) -> Result:
    """Run the finder over a set."""
    result = Result()
    for name, data in load(set_name):
        names = {key: data[key] for key in ("persons", "places", "identifiers", "keep") if key in data}
        finder = Finder(protected_from_names(names, officials=data.get("officials", [])))
        for number, marked in enumerate(data["texts"], 1):
            text, labels = unmark(marked)
            began = time.perf_counter()
            spans = finder.find(text, str(data["language"]))
            result.seconds += time.perf_counter() - began
            result.words += len(text.split())
            _count(result, name, number, text, labels, spans)
    return result


def _right(span: Span, label: Label) -> bool:
    return bool(label.subjects & {span.subject, *span.candidates})


def _count(result: Result, name: str, number: int, text: str, labels: list[Label], spans: list[Span]) -> None:
    certain = [span for span in spans if span.certain]
    score = result.languages[name]
    score.possible += len(spans) - len(certain)
    for label in labels:
        if label.doubt or label.nobody:
            continue
        hits = [s for s in certain if s.start <= label.start and label.end <= s.end and _right(s, label)]
        for counted in (score, result.phenomena[label.phenomenon]):
            counted.wanted += 1
            counted.found += bool(hits)
            counted.exact += any((s.start, s.end) == (label.start, label.end) for s in hits)
        if not hits:
            near = [
                (s.form, s.subject, s.certain) for s in spans if s.start < label.end and label.start < s.end
            ]
            result.misses.append(
                f"{name} {number}: {text[label.start : label.end]!r} ({label.phenomenon}) of {sorted(label.subjects)}, found {near}"
            )
    for span in certain:
        over = [label for label in labels if span.start < label.end and label.start < span.end]
        right = any(_right(span, label) and not label.doubt and not label.nobody for label in over)
        score.given += 1
        score.right += right
        phenomenon = over[0].phenomenon if over else "unmarked"
        result.phenomena[phenomenon].given += 1
        result.phenomena[phenomenon].right += right
        if not right:
            result.false_hits.append(
                f"{name} {number}: {span.form!r} as {span.subject} ({span.how}), text …{text[max(0, span.start - 20) : span.end + 20]!r}"
            )


def total(result: Result) -> Score:
    """The sum over languages."""
    whole = Score()
    for score in result.languages.values():
        for key, value in vars(score).items():
            setattr(whole, key, getattr(whole, key) + value)
    return whole


def report(set_name: str, result: Result) -> str:
    """The figures as a table, then every miss and false hit."""
    lines = [f"== {set_name}: {result.words} words in {result.seconds:.3f} s"]
    for title, scores in (("language", result.languages), ("phenomenon", result.phenomena)):
        lines.append(
            f"{title:<14}{'mentions':>9}{'recall':>9}{'exact':>8}{'certain':>9}{'precision':>11}{'possible':>10}"
        )
        for key, s in sorted(scores.items()):
            exact = s.exact / s.wanted if s.wanted else 1.0
            lines.append(
                f"{key:<14}{s.wanted:>9}{s.recall:>9.3f}{exact:>8.3f}{s.given:>9}{s.precision:>11.3f}{s.possible:>10}"
            )
    s = total(result)
    lines.append(
        f"{'all':<14}{s.wanted:>9}{s.recall:>9.3f}{s.exact / max(1, s.wanted):>8.3f}{s.given:>9}{s.precision:>11.3f}{s.possible:>10}"
    )
    lines += [
        "misses:",
        *(f"  {line}" for line in result.misses),
        "false hits:",
        *(f"  {line}" for line in result.false_hits),
    ]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Print the figures of the sets asked for (both), and with --speed those of a long text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=[name for name in SETS if (HERE / name).is_dir()])
    parser.add_argument("--slips", action="store_true", help="misspellings one letter off")
    parser.add_argument("--speed", action="store_true", help="a million words against a thousand persons")
    options = parser.parse_args(arguments)
    for set_name in options.sets:
        print(report(set_name, measure(set_name)))
    if options.slips:
        from tests.bench.redaction.slips import slip_report

        print(slip_report())
    if options.speed:
        from tests.bench.redaction.speed import speed_report

        print(speed_report())
    return 0


if __name__ == "__main__":
    sys.exit(main())
