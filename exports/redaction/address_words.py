"""The words of addresses: which say that an address stands here, and which of a registered address are its own. Must not read texts."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from exports.redaction.places import is_town
from i18n import fold
from i18n.names import all_endings

PIECE = re.compile(r"[^\W\d_]+(?:[ʻʼ'’‘`][^\W\d_]+)*|\d+")

# Strong words say that an address stands here; weak ones only come and go inside one.
_STREET = """ул улица улице улицу улицы кӯча кӯчаи koʻcha koʻchasi кўча кўчаси küçə küçəsi кюча street st str проспект просп пр prospekt prospekti
avenue ave road rd lane переулок переулке пер pereulok проезд хиёбон хиёбони xiyobon xiyoboni гулгашт гулгашти берккӯча берккӯчаи тупик tor bulvar bulvari bulvarı
бульвар шоссе шосе маҳалла маҳаллаи маҳалласи mahalla mahallasi məhəllə məhəlləsi махалля махалле микрорайон mikrorayon mavze mavzesi мавзе квартал kvartal dahasi даҳа массив
quarter дом квартира хонадон xonadon xonadoni house flat apartment apt mənzil манзил manzil dalan dalanı döngə döngəsi"""
_WEAK = """д хона хонаи уй uy uyi ев ev кв м мкр мкрн корп корпус blok block бино binosi bina подъезд г город городе шаҳр шаҳри şəhər şəhəri shahar shahri
с село к r н no num номер рақам рақами raqami number village town city district район районе ноҳия ноҳияи tuman tumani вилоят вилояти viloyat viloyati область области
region province в ва va va v на at in of the on дар a b а б box po p o post"""
_AREA = """г город шаҳр шаҳри şəhər şəhəri shahar shahri район rayon rayonu ноҳия ноҳияи tuman tumani вилоят вилояти viloyat viloyati область oblast
region district province city village село деҳа деҳаи qishloq qishlogʻi kənd kəndi"""


@cache
def _keys(words: str) -> frozenset[str]:
    return frozenset(fold.t_key(word) for word in words.split())


@lru_cache(maxsize=4096)
def is_street(piece: str) -> bool:
    """A street word with any ending (koʻchasidagi, küçəsində)."""
    key, known = fold.t_key(piece), _keys(_STREET)
    if key in known:
        return True
    return any(key[:cut] in known and key[cut:] in all_endings() for cut in range(4, len(key)))


def is_weak(piece: str) -> bool:
    """A word that comes and goes inside an address and says nothing by itself."""
    return fold.t_key(piece) in _keys(_WEAK)


def forget_words() -> None:
    """Drop the remembered words: they are words of texts."""
    is_street.cache_clear()


def parts(value: str) -> tuple[list[str], list[str], list[str]]:
    """(distinctive words, words of the town or district, numbers) of an address as registered."""
    segments = [PIECE.findall(segment) for segment in re.split(r"[,;\n]", value)]
    numbers = [piece for segment in segments for piece in segment if piece[0].isdigit()]
    named = [[p for p in segment if not p[0].isdigit()] for segment in segments]
    has_street = [any(map(is_street, segment)) for segment in named]
    words: list[str] = []
    towns: list[str] = []
    for segment, street in zip(named, has_street, strict=True):
        plain = [p for p in segment if not is_street(p) and not is_weak(p) and len(p) > 2]
        area = any(fold.t_key(p) in _keys(_AREA) for p in segment) or any(is_town(p) for p in plain)
        if not street and (
            area or (any(has_street) and len(segments) > 1) or (words and not any(has_street))
        ):
            towns += plain
        else:
            for first, second in pairwise([*plain, ""]):
                (towns if is_town(first) and second == "" and len(plain) > 2 else words).append(first)
    return words, towns, numbers
