"""Reads a date as people type it in six languages and says which EDTF text it means. Must not guess: what is not wholly understood is not read.

``2015``, ``03.2015``, ``27.03.2015``, ``2015-03-27``, "весна 2015", "2014-yil oxirida", "аз марти соли 2015 то моҳи май",
"about May 2016", "с марта по май 2015". Two-digit years are refused; any word outside the lists leaves the text unread.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from i18n import edtf

_LETTERS = str.maketrans({
    "ı": "i", "ə": "e", "ё": "е", "ҳ": "х", "қ": "к", "ғ": "г", "ҷ": "ч", "ў": "у", "ӯ": "у", "ӣ": "и",
    "ʻ": None, "ʼ": None, "'": None, "‘": None, "’": None, "`": None, "ь": None, "ъ": None,
})  # fmt: skip


def folded(text: str) -> str:
    """A key for comparing words whatever keyboard they were typed on: no case, no diacritics, no apostrophes."""
    plain = unicodedata.normalize("NFD", text.casefold().translate(_LETTERS))
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).translate(_LETTERS)


def _stems(*words: str) -> tuple[str, ...]:
    return tuple(folded(word) for line in words for word in line.split())


_MONTHS = (
    _stems("jan yanvar январ"),
    _stems("feb fevral феврал"),
    _stems("mar mart март"),
    _stems("apr aprel апрел"),
    _stems("may май мая мае маю моя"),
    _stems("jun iyun июн"),
    _stems("jul iyul июл"),
    _stems("aug avgust avqust август"),
    _stems("sep sentabr sentyabr сентябр сентабр"),
    _stems("oct oktabr oktyabr октябр октабр"),
    _stems("nov noyabr ноябр"),
    _stems("dec dekabr декабр"),
)
_SEASONS = {
    edtf.SPRING: _stems("spring весн bahor баҳор yaz"),
    edtf.SUMMER: _stems("summer лето лета летом лету летн yoz ёз ёзи ёзида ёзнинг ёзги yay тобистон"),
    edtf.AUTUMN: _stems("autumn fall осен kuz куз payız тирамоҳ пайиз"),
    edtf.WINTER: _stems("winter зим qish қиш qış зимистон"),
}
_ABOUT = _stems("about around approximately roughly circa около примерно приблизительно taxminan chamasi atrof тахминан",
                "тақрибан қариб чамаси атроф təxminən təqribən ətraf")  # fmt: skip
_PERHAPS = _stems(
    "maybe perhaps probably possibly возможно наверн предположит кажется вероятно balki ehtimol эҳтимол шояд балки bəlkə ehtimal"
)
_EARLY = _stems("beginning start early начал boshi bosh боши аввал əvvəl")
_MIDDLE = _stems("mid middle середин oʻrta ўрта миён orta")
_LATE = _stems("end late конц конец oxir охир поён son")
_NOISE = _stems("year month in the of on at since from year г го год года году годов месяц месяца месяце в во на с со из",
                "yil yilning yilda yili yilgi oyi oyida oyining il ilin ildə ilinin ayı ayında ayının ci cı cu cü йил йилнинг йилда йили",
                "ойи ойида ойининг соли сол моҳи моҳ дар аз рӯзи ум юм st nd rd th chi ning da ning da nci i е и й числа ki oyidan ойидан ayından ayına ayın kuni куни gunu")  # fmt: skip
_EXACT_NOISE = frozenset(_NOISE)
_SHORTEST_PREFIX = 3

_SPLIT = re.compile(r"^(.+?)(?:\s+[-–—]\s+|(?<=\d)[–—](?=\d)|\s+(?:to|until|till|по|до|то)\s+)(.+)$")
_SUFFIXED = re.compile(
    r"^(.+?(?:dan|den|дан))\s+(.+?)(?:gacha|гача|(?:\s|-)\w*\s*(?:qeder|kimi)|(?:a|e)dek)$"
)
_YEARS = re.compile(r"^(\d{4})-(\d{4})$")
_ONE_OF = re.compile(
    r"^(?:between|между|в какой-то момент|дар ягон лаҳза|байни)\s+(?:аз\s+|с\s+)?(?P<before>.+)$"
    r"|^(?P<after>.+?)\s+(?:oralig\S*|орали\S*|arasında|bo\Slgan davrda|бўлган даврда|olan dövrdə)$"
)
_AND = re.compile(r"^(.+?\d{4}.*?)\s+(?:and|и|ва|va|və|bilan|билан|ilə)\s+(.+)$")
_DAY_FIRST = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_MONTH_FIRST = re.compile(r"\b(\d{1,2})[./](\d{4})\b")
_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_TOKEN = re.compile(r"\d+|[^\W\d_]+|\?|~")


@dataclass(frozen=True)
class Reading:
    """What was understood: `edtf` is empty when nothing was."""

    edtf: str
    understood: bool

    def __bool__(self) -> bool:
        return self.understood


NOTHING = Reading("", False)


@dataclass
class _Words:
    """The parts found in one date so far; a part named twice makes it unreadable."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    part: int | None = None
    about: bool = False
    perhaps: bool = False
    broken: bool = field(default=False)

    def put(self, name: str, value: int) -> None:
        self.broken = self.broken or getattr(self, name) is not None
        setattr(self, name, value)


def read_date(text: str) -> Reading:
    """Read typed words as EDTF; valid EDTF is taken as it stands. Never raises."""
    stripped = " ".join(text.split())
    if not stripped:
        return NOTHING
    if edtf.is_valid(stripped):
        return Reading(stripped, True)
    if years := _YEARS.match(stripped):
        return _checked(f"{years[1]}/{years[2]}")
    value = _one(stripped) or _between(stripped) or _moment(stripped)
    return _checked(value) if value else NOTHING


def _moment(text: str) -> str:
    """One moment between two dates."""
    match = _ONE_OF.match(text.casefold())
    if match is None:
        return ""
    inner = match["before"] or match["after"]
    joined = _AND.match(inner)
    lasting = _pair(joined[1], joined[2]) if joined else _between(inner)
    return f"[{lasting.replace('/', '..')}]" if lasting else ""


def _checked(value: str) -> Reading:
    return Reading(value, True) if edtf.is_valid(value) else NOTHING


def _between(text: str) -> str:
    """From … to …, in any of the shapes; the first side may leave the year to the second."""
    plain = text.casefold()
    match = _SPLIT.match(plain) or _SUFFIXED.match(folded(text))
    if match is None:
        return ""
    return _pair(match[1], match[2])


def _pair(begin: str, end: str) -> str:
    last = _one(end)
    if not last or last.startswith("["):
        return ""
    first = _one(begin) or _one(f"{begin} {last[:4]}")
    return f"{first}/{last}" if first and not first.startswith("[") else ""


def _spelt_day(match: re.Match[str]) -> str:
    return f"{match[1]} {_spelt(match[2])} {match[3]}"


def _spelt_month(match: re.Match[str]) -> str:
    return f"{_spelt(match[1])} {match[2]}"


def _spelt(month: str) -> str:
    """The month as a word; a number that is no month becomes a word nobody knows."""
    return _NAMES[int(month) - 1] if 1 <= int(month) <= 12 else "x"


def _one(text: str) -> str:
    if edtf.is_valid(text):
        return text
    text = _MONTH_FIRST.sub(_spelt_month, _DAY_FIRST.sub(_spelt_day, text))
    words = _Words()
    for token in _TOKEN.findall(folded(text)):
        _take(words, token)
        if words.broken:
            return ""
    return _written(words)


def _take(words: _Words, token: str) -> None:
    if token.isdecimal() and token.isascii():
        _take_number(words, token)
    elif token in ("?", "~"):
        words.perhaps, words.about = words.perhaps or token == "?", words.about or token == "~"
    elif token in _EXACT_NOISE:
        return
    elif _starts(token, _PERHAPS):
        words.perhaps = True
    elif _starts(token, _ABOUT):
        words.about = True
    else:
        _take_name(words, token)


def _take_number(words: _Words, token: str) -> None:
    if len(token) == 4:
        words.put("year", int(token))
    elif len(token) <= 2 and 1 <= int(token) <= 31:
        words.put("day", int(token))
    else:
        words.broken = True


def _take_name(words: _Words, token: str) -> None:
    for season, stems in _SEASONS.items():
        if _starts(token, stems):
            return words.put("season", season)
    for number, stems in enumerate(_MONTHS, start=1):
        if _starts(token, stems):
            return words.put("month", number)
    for part, stems in enumerate((_EARLY, _MIDDLE, _LATE)):
        if _starts(token, stems):
            return words.put("part", part)
    if not token.startswith(("yil", "йил", "сол", "dan", "дан", "den")):
        words.broken = True
    return None


def _starts(token: str, stems: tuple[str, ...]) -> bool:
    return any(token == stem or (len(stem) >= _SHORTEST_PREFIX and token.startswith(stem)) for stem in stems)


def _written(words: _Words) -> str:
    if words.year is None or (words.season and (words.month or words.day)) or (words.day and not words.month):
        return ""
    if words.part is not None:
        return "" if words.day or words.season or words.about or words.perhaps else _third(words)
    base = f"{words.year:04d}-{words.season}" if words.season else _point(words.year, words.month, words.day)
    mark = {(False, False): "", (True, False): "~", (False, True): "?", (True, True): "%"}[
        (words.about, words.perhaps)
    ]
    return base + mark if base else ""


def _third(words: _Words) -> str:
    """Early, mid and late are one moment inside a third of the year or month: shown as such, never as a day."""
    year, part = words.year or 0, words.part or 0
    if words.month is None:
        return f"[{year:04d}-{part * 4 + 1:02d}..{year:04d}-{part * 4 + 4:02d}]"
    first, last = ((1, 10), (11, 20), (21, edtf.parse(f"{year:04d}-{words.month:02d}").latest.day))[part]
    return f"[{year:04d}-{words.month:02d}-{first:02d}..{year:04d}-{words.month:02d}-{last:02d}]"


def _point(year: int, month: int | None, day: int | None) -> str:
    if year < 1 or (month is not None and not 1 <= month <= 12):
        return ""
    if month is None or day is None:
        return f"{year:04d}" if month is None else f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
