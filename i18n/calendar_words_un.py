"""Calendar data of French and Spanish, in which some petitions to the UN are written. Must not hold code.

Sources: CLDR 47 for the names; the sentences are the plain ones of administrative prose.
"""

from __future__ import annotations

from i18n.calendar_model import CalendarWords, names

FR = CalendarWords(
    months={
        "m": names("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        "de_m": (
            *("de janvier", "de février", "de mars", "d’avril", "de mai", "de juin", "de juillet", "d’août"),
            *("de septembre", "d’octobre", "de novembre", "de décembre"),
        ),
    },
    seasons={
        "s": names("printemps été automne hiver"),
        "s_in": ("au printemps", "à l’été", "à l’automne", "à l’hiver"),
        "s_at": ("au printemps", "en été", "en automne", "en hiver"),
        "s_from": ("du printemps", "de l’été", "de l’automne", "de l’hiver"),
        "s_the": ("le printemps", "l’été", "l’automne", "l’hiver"),
    },
    in_words="{d} {m} {y}",
    year={"label": "{y}", "when": "en {y}", "since": "de {y}", "until": "à {y}", "of": "{y}"},
    season={
        "label": "{s} {y}",
        "when": "{s_at} {y}",
        "since": "{s_from} {y}",
        "until": "{s_in} {y}",
        "of": "{s_the} {y}",
    },
    month={
        "label": "{m} {y}",
        "when": "en {m} {y}",
        "since": "{de_m} {y}",
        "until": "à {m} {y}",
        "of": "{m} {y}",
    },
    day={
        "label": "{d} {m} {y}",
        "when": "le {d} {m} {y}",
        "since": "du {d} {m} {y}",
        "until": "au {d} {m} {y}",
        "of": "le {d} {m} {y}",
    },
    about={
        "label": "vers {of}",
        "when": "vers {of}",
        "since": "{since} environ",
        "until": "{until} environ",
        "of": "{of} environ",
    },
    possibly="peut-être {x}",
    stretch="{since} {until}",
    ongoing="{since} à ce jour",
    end_unknown="{since}, fin inconnue",
    up_to="jusqu’{until}",
    start_unknown="jusqu’{until}, début inconnu",
    between="entre {since_of} et {until_of}",
    not_later="au plus tard {until_when}",
    not_earlier="au plus tôt {since_when}",
)

ES = CalendarWords(
    months={
        "m": names("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
    },
    seasons={
        "s": names("primavera verano otoño invierno"),
        "s_the": ("la primavera", "el verano", "el otoño", "el invierno"),
    },
    in_words="{d} de {m} de {y}",
    year={"label": "{y}", "when": "en {y}", "since": "desde {y}", "until": "hasta {y}", "of": "{y}"},
    season={
        "label": "{s} de {y}",
        "when": "en {s_the} de {y}",
        "since": "desde {s_the} de {y}",
        "until": "hasta {s_the} de {y}",
        "of": "{s_the} de {y}",
    },
    month={
        "label": "{m} de {y}",
        "when": "en {m} de {y}",
        "since": "desde {m} de {y}",
        "until": "hasta {m} de {y}",
        "of": "{m} de {y}",
    },
    day={
        "label": "{d} de {m} de {y}",
        "when": "el {d} de {m} de {y}",
        "since": "desde el {d} de {m} de {y}",
        "until": "hasta el {d} de {m} de {y}",
        "of": "el {d} de {m} de {y}",
    },
    about={
        "label": "hacia {of}",
        "when": "hacia {of}",
        "since": "aproximadamente {since}",
        "until": "aproximadamente {until}",
        "of": "aproximadamente {of}",
    },
    possibly="posiblemente {x}",
    stretch="{since} {until}",
    ongoing="{since} hasta la actualidad",
    end_unknown="{since}, final desconocido",
    up_to="{until}",
    start_unknown="{until}, comienzo desconocido",
    between="entre {since_of} y {until_of}",
    not_later="a más tardar {until_when}",
    not_earlier="como muy pronto {since_when}",
)
