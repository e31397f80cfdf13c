"""Names of months and seasons and the sentences partial dates are said in, per language. Data only: no code chooses here.

Sources: ru, fr, es, en, az, uz months: CLDR 47. tg: small letters inside a sentence and `3 майи соли 2026`, as the
State's own press and statutes write (khovar.tj, mvd.tj). uz: `2026-yil 3-may`, uz_Cyrl: `2026 йил 3 май`, as lex.uz heads
statutes; months lose ь before an ending. az: the ordinal suffix follows the last spoken number (`2026-cı il`).
"""

from __future__ import annotations

from i18n.calendar_model import CalendarWords, names
from i18n.calendar_words_un import ES, FR

EN = CalendarWords(
    months={
        "m": names("January February March April May June July August September October November December")
    },
    seasons={"s": names("spring summer autumn winter")},
    in_words="{d} {m} {y}",
    year={"label": "{y}", "when": "in {y}", "since": "{y}", "until": "{y}"},
    season={"label": "{s} {y}", "when": "in {s} {y}", "since": "{s} {y}", "until": "{s} {y}"},
    month={"label": "{m} {y}", "when": "in {m} {y}", "since": "{m} {y}", "until": "{m} {y}"},
    day={"label": "{d} {m} {y}", "when": "on {d} {m} {y}", "since": "{d} {m} {y}", "until": "{d} {m} {y}"},
    about={
        "label": "about {label}",
        "when": "around {label}",
        "since": "about {label}",
        "until": "about {label}",
    },
    possibly="possibly {x}",
    stretch="from {since} to {until}",
    ongoing="from {since} to the present",
    end_unknown="from {since}, end unknown",
    up_to="up to {until}",
    start_unknown="until {until}, beginning unknown",
    between="between {since} and {until}",
    not_later="not later than {until}",
    not_earlier="not earlier than {since}",
    numeric_day=False,
)

RU = CalendarWords(
    months={
        "m": names("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
        "m_of": names("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
        "m_in": names("январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре"),
    },
    seasons={
        "s": names("весна лето осень зима"),
        "s_of": names("весны лета осени зимы"),
        "s_in": names("весной летом осенью зимой"),
        "s_to": names("весну лето осень зиму"),
    },
    in_words="{d} {m_of} {y} года",
    year={
        "label": "{y}",
        "when": "в {y} году",
        "since": "с {y} года",
        "until": "по {y} год",
        "of": "{y} года",
    },
    season={
        "label": "{s} {y}",
        "when": "{s_in} {y} года",
        "since": "с {s_of} {y} года",
        "until": "по {s_to} {y} года",
        "of": "{s_of} {y} года",
    },
    month={
        "label": "{m} {y}",
        "when": "в {m_in} {y} года",
        "since": "с {m_of} {y} года",
        "until": "по {m} {y} года",
        "of": "{m_of} {y} года",
    },
    day={
        "label": "{d} {m_of} {y}",
        "when": "{d} {m_of} {y} года",
        "since": "с {d} {m_of} {y} года",
        "until": "по {d} {m_of} {y} года",
        "of": "{d} {m_of} {y} года",
    },
    about={
        "label": "примерно {label}",
        "when": "примерно {when}",
        "since": "примерно {since}",
        "until": "примерно {until}",
        "of": "примерно {of}",
    },
    possibly="предположительно {x}",
    stretch="{since} {until}",
    ongoing="{since} по настоящее время",
    end_unknown="{since}, окончание неизвестно",
    up_to="{until}",
    start_unknown="{until}, начало неизвестно",
    between="в какой-то момент {since} {until}",
    not_later="не позднее {until_of}",
    not_earlier="не ранее {since_of}",
)

UZ_LATN = CalendarWords(
    months={"m": names("yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr")},
    seasons={"s": names("bahor yoz kuz qish")},
    in_words="{y}-yil {d}-{m}",
    year={"label": "{y}", "when": "{y}-yilda", "since": "{y}-yildan", "until": "{y}-yilgacha"},
    season={
        "label": "{y}-yil {s}i",
        "when": "{y}-yil {s}ida",
        "since": "{y}-yil {s}idan",
        "until": "{y}-yil {s}igacha",
    },
    month={
        "label": "{y}-yil {m}",
        "when": "{y}-yil {m} oyida",
        "since": "{y}-yil {m} oyidan",
        "until": "{y}-yil {m} oyigacha",
    },
    day={
        "label": "{y}-yil {d}-{m}",
        "when": "{y}-yil {d}-{m}da",
        "since": "{y}-yil {d}-{m}dan",
        "until": "{y}-yil {d}-{m}gacha",
    },
    about={
        "label": "taxminan {label}",
        "when": "taxminan {when}",
        "since": "taxminan {since}",
        "until": "taxminan {until}",
    },
    possibly="ehtimol, {x}",
    stretch="{since} {until}",
    ongoing="{since} hozirgacha",
    end_unknown="{since}, tugagan vaqti nomaʼlum",
    up_to="{until}",
    start_unknown="{until}, boshlangan vaqti nomaʼlum",
    between="{since} {until} boʻlgan davrda",
    not_later="{until_since} kechikmay",
    not_earlier="{since} oldin emas",
)

UZ_CYRL = CalendarWords(
    months={
        "m": names("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
        "m_stem": names("январ феврал март апрел май июн июл август сентябр октябр ноябр декабр"),
    },
    seasons={"s": names("баҳор ёз куз қиш")},
    in_words="{y} йил {d} {m}",
    year={"label": "{y}", "when": "{y} йилда", "since": "{y} йилдан", "until": "{y} йилгача"},
    season={
        "label": "{y} йил {s}и",
        "when": "{y} йил {s}ида",
        "since": "{y} йил {s}идан",
        "until": "{y} йил {s}игача",
    },
    month={
        "label": "{y} йил {m}",
        "when": "{y} йил {m} ойида",
        "since": "{y} йил {m} ойидан",
        "until": "{y} йил {m} ойигача",
    },
    day={
        "label": "{y} йил {d} {m}",
        "when": "{y} йил {d} {m_stem}да",
        "since": "{y} йил {d} {m_stem}дан",
        "until": "{y} йил {d} {m_stem}гача",
    },
    about={
        "label": "тахминан {label}",
        "when": "тахминан {when}",
        "since": "тахминан {since}",
        "until": "тахминан {until}",
    },
    possibly="эҳтимол, {x}",
    stretch="{since} {until}",
    ongoing="{since} ҳозиргача",
    end_unknown="{since}, тугаган вақти номаълум",
    up_to="{until}",
    start_unknown="{until}, бошланган вақти номаълум",
    between="{since} {until} бўлган даврда",
    not_later="{until_since} кечикмай",
    not_earlier="{since} олдин эмас",
)

TG = CalendarWords(
    months={"m": names("январ феврал март апрел май июн июл август сентябр октябр ноябр декабр")},
    seasons={"s": names("баҳор тобистон тирамоҳ зимистон")},
    in_words="{d} {m}и соли {y}",
    year={"label": "{y}", "when": "дар соли {y}", "since": "аз соли {y}", "until": "то соли {y}"},
    season={
        "label": "{s}и соли {y}",
        "when": "дар {s}и соли {y}",
        "since": "аз {s}и соли {y}",
        "until": "то {s}и соли {y}",
    },
    month={
        "label": "{m}и соли {y}",
        "when": "дар моҳи {m}и соли {y}",
        "since": "аз моҳи {m}и соли {y}",
        "until": "то моҳи {m}и соли {y}",
    },
    day={
        "label": "{d} {m}и соли {y}",
        "when": "{d} {m}и соли {y}",
        "since": "аз {d} {m}и соли {y}",
        "until": "то {d} {m}и соли {y}",
    },
    about={
        "label": "тақрибан {label}",
        "when": "тақрибан {when}",
        "since": "тақрибан {since}",
        "until": "тақрибан {until}",
    },
    possibly="эҳтимол {x}",
    stretch="{since} {until}",
    ongoing="{since} то имрӯз",
    end_unknown="{since}, анҷомаш номаълум",
    up_to="{until}",
    start_unknown="{until}, оғозаш номаълум",
    between="дар ягон лаҳза {since} {until}",
    not_later="на дертар {until_since}",
    not_earlier="на пештар {since}",
)

AZ = CalendarWords(
    months={"m": names("yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr")},
    seasons={"s": names("yaz yay payız qış"), "s_its": names("yazı yayı payızı qışı")},
    in_words="{d} {m} {o} il",
    year={"label": "{y}", "when": "{o} ildə", "since": "{o} ildən", "until": "{o} ilədək"},
    season={
        "label": "{o} ilin {s_its}",
        "when": "{o} ilin {s_its}nda",
        "since": "{o} ilin {s_its}ndan",
        "until": "{o} ilin {s_its}nadək",
    },
    month={
        "label": "{m} {y}",
        "when": "{o} ilin {m} ayında",
        "since": "{o} ilin {m} ayından",
        "until": "{o} ilin {m} ayınadək",
    },
    day={
        "label": "{d} {m} {y}",
        "when": "{d} {m} {o} ildə",
        "since": "{d} {m} {o} ildən",
        "until": "{d} {m} {o} ilədək",
    },
    about={
        "label": "təxminən {label}",
        "when": "təxminən {when}",
        "since": "təxminən {since}",
        "until": "təxminən {until}",
    },
    possibly="ehtimal ki, {x}",
    stretch="{since} {until}",
    ongoing="{since} bu günədək",
    end_unknown="{since}, sonu məlum deyil",
    up_to="{until}",
    start_unknown="{until}, başlanğıcı məlum deyil",
    between="{since} {until} olan dövrdə",
    not_later="{until_since} gec olmayaraq",
    not_earlier="{since} tez olmayaraq",
)

WORDS: dict[str, CalendarWords] = {
    "en": EN,
    "ru": RU,
    "uz_Latn": UZ_LATN,
    "uz_Cyrl": UZ_CYRL,
    "tg": TG,
    "az": AZ,
    "fr": FR,
    "es": ES,
}
