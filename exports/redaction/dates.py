"""Makes dates coarser: a day becomes its month. Must not touch a text beyond the dates it returns places for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exports.dossier.tree import Run
from exports.redaction.labels import label_language
from exports.words import say_date
from i18n import case, fold

_DAY = re.compile(r"(\d{4}-\d{2})-\d{2}")
_NUMERIC = re.compile(
    r"(?<![\w.])(?:(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d{2})|((?:19|20)\d{2})-(\d{2})-(\d{2}))(?!\d)"
)
_SHORT_YEAR = re.compile(
    r"(?<![\w.,\-])(\d{2})(?:\.(\d{2})\.(\d{2})|-(\d{2})-((?:19|20)\d{2}))(?!\d|[./\-]\w)"
)

# Beginnings of month names over text keys, January to December, in all languages.
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("ianvar", "januar", "ianuar"), ("fevral", "februar"), ("mart", "marč"), ("april", "aprel"), ("mai",),
    ("iun", "iiun", "june", "jun"), ("iul", "iiul", "july", "jul", "juli"), ("avgust", "august"),
    ("sentiabr", "sentabr", "september", "sentyabr"), ("oktiabr", "oktabr", "october", "ojtober", "ostober"), ("noiabr", "november"),
    ("dekabr", "december", "dejember", "desember"),
)  # fmt: skip
_SPELLED = re.compile(
    r"(?<![\w])(?:\d{1,2}(?:st|nd|rd|th|-?го)?(?:[ \u00a0]?[\-‐–—][ \u00a0]?|[ \u00a0](?:по|и|to|and|until|till|ва|то|va|və|dan|дан)[ \u00a0](?:the )?))?(?P<d1>\d{1,2})(?:-?(?:го|е|st|nd|rd|th|чи|нчи|инчи|ci|cı|cu|cü|i|si|ум|юм|уми|юми|ми))?[ \u00a0\-](?:of )?(?P<m1>[^\W\d_]{3,12})"
    r"(?:,?[ \u00a0](?:соли )?(?P<y1>(?:19|20)\d{2})(?:[\-‐]?(?:йил(?:да|нинг)?|yil(?:da|ning)?|ci|cı|cu|cü))?(?:[ \u00a0](?:года|г\.|год|ildə|ilin|il))?)?(?![\w])"
    r"|(?<![\w])(?P<m2>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6})[ \u00a0](?P<d2>\d{1,2})(?:st|nd|rd|th)?,?(?:[ \u00a0](?P<y2>(?:19|20)\d{2}))?(?![\w])"
    r"|(?<![\w])(?P<y3>(?:19|20)\d{2})[\-‐]?(?:[ \u00a0])?(?:йил(?:и|нинг)?|yil(?:i|ning)?)[ \u00a0](?P<d3>\d{1,2})[\-‐ \u00a0](?P<m3>[^\W\d_]{3,12})"
    r"|(?<![\w])(?P<m4>[^\W\d_]{3,16})(?:[ \u00a0](?:oyining|ойининг|ayının))?[ \u00a0](?P<d4>\d{1,2})[\-‐](?P<s4>[^\W\d_]{1,7})(?![\w])"
)


def general_date(run: Run) -> str:
    """The words of a date run with every day left out, in the form (cell or sentence) it had."""
    if not run.value:
        return ""
    value = _DAY.sub(r"\1", run.value)
    match = re.fullmatch(r"\[?([^.\[\]/]+)(?:\.\.|/)([^.\[\]/]+)\]?", value)
    if match and match[1] == match[2]:
        value = match[1]
    inside = run.text != say_date(run.value, run.language)
    return say_date(value, run.language, inside)


def general_dates(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Places of full dates in running text with the month that stands instead, in a neutral bracket."""
    label = label_language(language)
    yield from _numeric(text, label)
    for match in _SPELLED.finditer(text):
        groups = match.groupdict()
        word = groups["m1"] or groups["m2"] or groups["m3"] or groups["m4"] or ""
        number = _month(word)
        day = groups["d1"] or groups["d2"] or groups["d3"] or groups["d4"]
        if number is not None and 1 <= int(day) <= 31:
            year = groups["y1"] or groups["y2"] or groups["y3"]
            said = say_date(f"{year}-{number:02}", label) if year else _month_name(number, label)
            yield _in_sentence(text, match, said, label, number)


def _numeric(text: str, label: str) -> Iterator[tuple[int, int, str]]:
    for match in _NUMERIC.finditer(text):
        day, month, year = match[1], match[2] or match[5], match[3] or match[4]
        if day is not None and int(month) > 12 >= int(day):
            month = day  # American order
        if 1 <= int(month) <= 12:
            yield match.start(), match.end(), _token(int(year), int(month), label)
    for match in _SHORT_YEAR.finditer(text):
        month, year = match[2] or match[4], match[3] or match[5]
        if 1 <= int(match[1]) <= 31 and 1 <= int(month) <= 12:
            century = 0 if len(year) == 4 else 2000 if int(year) < 50 else 1900
            yield match.start(), match.end(), _token(century + int(year), int(month), label)


# Russian prepositions that keep the genitive of a spelled date when its day goes.
_GENITIVE = re.compile(
    r"(?:^|[^\w])(?:от|до|с|со|после|около|накануне|вечером|утром|днём|ночью|начиная с)[ \u00a0]$",
    re.IGNORECASE,
)
_ENGLISH_ON = re.compile(r"(?:^|(?<=[^\w]))(on|On|ON)[ \u00a0](?:the[ \u00a0])?$")
_ENGLISH_RANGE = re.compile(
    r"(?:^|(?<=[^\w]))(on|On|between|Between|from|From|BETWEEN)[ \u00a0](?:the[ \u00a0])?$"
)
_ENGLISH_PLAIN = re.compile(
    r"(?:^|[^\w])(?:of|until|till|since|before|after|from|by|between|and|to|in|dated|around|about|during)[ \u00a0]$",
    re.IGNORECASE,
)
_RUSSIAN_IN = dict(enumerate(["январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре", "ноябре", "декабре"], 1))  # fmt: skip


def _in_sentence(
    text: str, match: re.Match[str], said: str, language: str, number: int
) -> tuple[int, int, str]:
    """The place of a spelled date and the month that keeps its sentence readable; in a bracket where the sentence does not show how."""
    before = text[max(0, match.start() - 24) : match.start()]
    found = None
    if language == "en":
        found = _english(before, match, said)
    elif language == "ru" and match["m1"]:
        found = _russian(before, match, text, number)
    elif language in ("uz_Latn", "uz_Cyrl", "tg", "az"):
        found = _without_day(before, match, text, language, number)
    return found or (match.start(), match.end(), f"[{said}]")


def _english(before: str, match: re.Match[str], said: str) -> tuple[int, int, str] | None:
    ranged = match["d1"] is not None and match.start("d1") > match.start()
    on = (_ENGLISH_RANGE if ranged else _ENGLISH_ON).search(before)
    if on:
        return (
            match.start() - len(before) + on.start(),
            match.end(),
            ("In " if on[1][0].isupper() else "in ") + said,
        )
    return (match.start(), match.end(), said) if _ENGLISH_PLAIN.search(before) else None


def _russian(before: str, match: re.Match[str], text: str, number: int) -> tuple[int, int, str] | None:
    rest = text[match.start("m1") : match.end()]
    if _GENITIVE.search(before):
        return match.start(), match.end(), rest
    opens = not before.strip() or before.rstrip()[-1:] in '.!?…«“"'
    if not opens and not re.search(
        r"(?:[,;:(—–-]|[а-яё]{4,}|[а-яё]{2,}(?:ла|ло|ли|л)|его|её|их|нас|вас|меня|мы|он|она|они|я|я)[ \u00a0]$",
        before,
    ):
        return None
    return (
        match.start(),
        match.end(),
        ("В " if opens else "в ") + _RUSSIAN_IN[number] + rest[len(match["m1"]) :],
    )


_KUNI = re.compile(r"[ \u00a0](?:kuni|куни|günü)(?![\w])")
_TAJIK_DAY = re.compile(r"(?:^|(?<=[^\w]))([Рр])ӯзи[ \u00a0]$")


def _without_day(
    before: str, match: re.Match[str], text: str, language: str, number: int
) -> tuple[int, int, str]:
    """The date as it stood without its day: what is left of it is how these languages name a month."""
    name = _month_name(number, language)
    soft = "də" if name.endswith("el") else "da"
    locative = {"az": soft, "uz_Cyrl": "да", "tg": ""}.get(language, "da")
    kuni = _KUNI.match(text, match.end())
    if match["m4"]:
        stem = (
            name.removesuffix("ь")
            if text[match.start("m4")].islower()
            else case.capitalize(name.removesuffix("ь"), language)
        )
        ending = locative if match["s4"].startswith(("d", "д", "kun", "кун", "sid", "сид")) or kuni else ""
        return match.start(), kuni.end() if kuni else match.end(), stem + ending
    if match["m3"]:
        head = text[match.start() : match.start("d3")]
        return (
            match.start(),
            kuni.end() if kuni else match.end(),
            head + (match["m3"].removesuffix("ь") + locative if kuni else match["m3"]),
        )
    if match["m1"]:
        rest = text[match.start("m1") : match.end()]
        if language != "tg":
            return (
                match.start(),
                kuni.end() if kuni else match.end(),
                rest.removesuffix("ь") + locative if kuni else rest,
            )
        day = _TAJIK_DAY.search(before)
        start = match.start() - len(before) + day.start() if day else match.start()
        return start, match.end(), ("Моҳи " if day and day[1] == "Р" else "моҳи ") + rest
    return match.start(), match.end(), f"[{name}]"


def _month(word: str) -> int | None:
    key = fold.t_key(word)
    for number, names in enumerate(_MONTHS, 1):
        if key.startswith(names) and (number not in (3, 5) or len(key) <= 7):
            return number
    return None


def _token(year: int, month: int, language: str) -> str:
    return f"[{say_date(f'{year:04}-{month:02}', language)}]"


def _month_name(month: int, language: str) -> str:
    words = re.sub(
        r"[\d\-]+\s?(?:yil|йил|ci|cı|cu|cü)?|соли|года|г\.|il\b|,",
        " ",
        say_date(f"2001-{month:02}", language),
    )
    name = " ".join(words.split())
    return name.removesuffix("и") if language == "tg" and len(name) > 3 else name
