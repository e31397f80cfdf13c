"""Names with the endings of five grammars: every form of a paradigm is read, names of other people are not."""

from __future__ import annotations

import pytest

from i18n.names import NameIndex, NameWord, Part, parse_name
from i18n.translit import convert

RUSSIAN = {
    (
        "Назаров",
        "family",
    ): "Назаров Назарова Назарову Назаровым Назарове Назаровы Назаровых Назаровым Назаровыми Назаровой",
    ("Назарова", "family"): "Назарова Назаровой Назарову Назаровою Назаровых",
    (
        "Вишневский",
        "family",
    ): "Вишневский Вишневского Вишневскому Вишневским Вишневском Вишневская Вишневской Вишневские Вишневских",
    ("Рахмон", "family"): "Рахмон Рахмона Рахмону Рахмоном Рахмоне",
    ("Кабири", "family"): "Кабири",
    ("Саидзода", "family"): "Саидзода Саидзоды Саидзоде Саидзоду Саидзодой",
    ("Черных", "family"): "Черных",
    ("Тимошенко", "family"): "Тимошенко",
    ("Хачатрян", "family"): "Хачатрян Хачатряна Хачатряну Хачатряном Хачатряне",
    ("Фаррух", "given"): "Фаррух Фарруха Фарруху Фаррухом Фаррухе",
    ("Гулнора", "given"): "Гулнора Гулноры Гулноре Гулнору Гулнорой Гулнорою",
    ("Мария", "given"): "Мария Марии Марию Марией",
    ("Сергей", "given"): "Сергей Сергея Сергею Сергеем Сергее",
    ("Григорий", "given"): "Григорий Григория Григорию Григорием Григории",
    ("Игорь", "given"): "Игорь Игоря Игорю Игорем Игоре",
    ("Лев", "given"): "Лев Льва Льву Львом Льве",
    ("Пётр", "given"): "Пётр Петра Петру Петром Петре",
    ("Павел", "given"): "Павел Павла Павлу Павлом Павле",
    ("Каримович", "patronymic"): "Каримович Каримовича Каримовичу Каримовичем Каримовиче",
    ("Каримовна", "patronymic"): "Каримовна Каримовны Каримовне Каримовну Каримовной",
}
UZBEK = [
    "ning",
    "ni",
    "ga",
    "da",
    "dan",
    "lar",
    "larning",
    "larga",
    "im",
    "imning",
    "ing",
    "ingga",
    "imiz",
    "imizdan",
    "niki",
    "dagi",
    "dek",
    "day",
    "cha",
    "mi",
    "chi",
    "gacha",
    "larnikida",
    "man",
    "san",
    "dir",
]
TAJIK = [
    "ро",
    "и",
    "ам",
    "ат",
    "аш",
    "амон",
    "атон",
    "ашон",
    "ҳо",
    "ҳоро",
    "у",
    "иро",
    "амро",
    "атонро",
    "ашонро",
]
AZERI_BACK = ["un", "a", "u", "da", "dan", "lar", "ların", "la", "dur", "umuz"]
AZERI_FRONT = ["in", "ə", "i", "də", "dən", "lər", "lərin", "lə", "dir", "imiz"]


def readings(index: NameIndex, word: str) -> set[str]:
    return {index.words[reading.word].text for reading in index.analyse(word, fuzzy=False)}


@pytest.mark.parametrize(("word", "part", "forms"), [(*key, forms) for key, forms in RUSSIAN.items()])
def test_russian_paradigms_are_read_whole(word: str, part: Part, forms: str) -> None:
    index = NameIndex([NameWord(word, part)])
    assert [form for form in forms.split() if not readings(index, form)] == []


@pytest.mark.parametrize(
    "name", ["Sardor", "Dilnoza", "Joʻrayev", "Toʻxtayeva", "Abdumalik", "Sodiq", "Kabiriy"]
)
def test_uzbek_stacks_in_both_scripts(name: str) -> None:
    index = NameIndex([NameWord(name, "given")])
    forms = [name + ending for ending in UZBEK]
    forms += [convert(form, "uz_1995", back=True) for form in forms]
    assert [form for form in forms if not readings(index, form)] == []


@pytest.mark.parametrize("name", ["Далер", "Наргис", "Ёров", "Розиқов", "Ҷамшед", "Муҳиддин"])
def test_tajik_izofat_object_and_enclitics(name: str) -> None:
    index = NameIndex([NameWord(name, "given")])
    assert [name + ending for ending in TAJIK if not readings(index, name + ending)] == []
    vowel = NameIndex([NameWord("Зубайдулло", "given"), NameWord("Кабирӣ", "family")])
    for form in ("Зубайдуллои", "Зубайдуллоро", "Зубайдуллову", "Кабирии", "Кабириро", "Кабириву"):
        assert readings(vowel, form), form


@pytest.mark.parametrize(
    ("name", "endings"),
    [("Qurbanov", AZERI_BACK), ("Seymur", AZERI_BACK), ("Əsgər", AZERI_FRONT), ("Aytən", AZERI_FRONT)],
)
def test_azerbaijani_harmony_with_and_without_apostrophe(name: str, endings: list[str]) -> None:
    index = NameIndex([NameWord(name, "given")])
    forms = [name + sign + ending for ending in endings for sign in ("", "'", "’")]
    assert [form for form in forms if not readings(index, form)] == []
    vowel = NameIndex([NameWord("Nağızadə", "family"), NameWord("Muxtarlı", "family")])
    for form in [
        "Nağızadənin",
        "Nağızadəyə",
        "Nağızadəni",
        "Nağızadədən",
        "Muxtarlının",
        "Muxtarlıya",
        "Muxtarlını",
        "Muxtarlıdan",
    ]:
        assert readings(vowel, form), form


@pytest.mark.parametrize(
    ("registered", "spellings"),
    [
        ("Ҷумъазода", "Джумазода Jumʼazoda Djumazade Jumazoda Dzhumazoda Чумъазода"),
        ("Nağızadə", "Nagizade Nagyzade Нагызаде Naghizadeh Нагизаде"),
        ("Joʻrayev", "Jo'rayev Jo`rayev Jo‘rayev Жўраев Джураев Juraev Zhuraev Ҷӯраев"),
        ("Hüseynov", "Гусейнов Huseynov Huseinov Хусейнов Guseynov"),
        ("Аъзам", "Агзам A'zam Azam Agzam"),
        ("Қурбонов", "Курбонов Kurbanov Qurbanov Гурбанов Qurbonov"),
        ("Раҳмон", "Рахман Rahmon Rakhmon Rahman Рахмон"),
    ],
)
def test_other_scripts_and_spellings(registered: str, spellings: str) -> None:
    index = NameIndex([NameWord(registered, "family")])
    assert [word for word in spellings.split() if not readings(index, word)] == []


@pytest.mark.parametrize(
    ("registered", "others"),
    [
        ("Каримов", "Каримбаева Каримзаде Керимбеков Карамов Калимов Рахимов"),
        ("Али", "Алишер Алиев Алмаз реализация"),
        ("Назаров", "Назаренко Назарбаев Назарий Базаров"),
        ("Назим", "Насим Низами Азим"),
        ("Ёров", "Ёрматов Ёдгоров"),
    ],
)
def test_similar_names_of_other_people_are_not_read(registered: str, others: str) -> None:
    index = NameIndex([NameWord(registered, "family")])
    hit = [w for w in others.split() if any(not r.derived for r in index.analyse(w, fuzzy=False))]
    assert hit == []


TRANSLITERATED = {
    (
        "tg_bgn",
        "tg_odni",
        "tg_ru",
    ): "Ҷумъазода Муҳиддин Ёров Ғаффорова Қаландарӣ Шоҳназаров Хушҳол Зубайдуллоҳ Раҷабзода Фирӯз Неъматова Юсуфҷон Эҳсон",
    (
        "ru_bgn",
        "ru_icao",
        "ru_gost2010",
        "iso9",
    ): "Назаров Джумаева Вишневский Черных Хасанов Щербаков Юлия Алексей Царёв Жданова Ковальчук",
    (
        "uz_1995",
        "uz_odni",
        "uz_ru",
    ): "Жўраев Тўхтаева Ғуломов Қодиров Аъзам Исҳоқ Ўктамова Шавкат Хўжаев Чориев Юлдошева Ҳайдарова",
    (
        "az_en",
        "az_ru",
        "az_ru_k",
        "az_1991",
    ): "Nağızadə Hüseynov Cəfərov Qəhrəmanlı Muxtarlı Xədicə Şəbnəm Çiçək Göyüşov Yaqublu İsmayıl Əliyeva",
}


@pytest.mark.parametrize(
    ("scheme", "word"),
    [(s, w) for schemes, words in TRANSLITERATED.items() for s in schemes for w in words.split()],
)
def test_every_transliteration_scheme_is_read(scheme: str, word: str) -> None:
    index = NameIndex([NameWord(word, "family")])
    written = convert(word, scheme)
    assert readings(index, written), written


def test_one_letter_off_is_read_as_such() -> None:
    index = NameIndex([NameWord("Джумаева", "family"), NameWord("Шохназаров", "family")])
    for word in ("Джумеава", "Джумаевва", "Дужмаева", "Шохназраов", "Шохнзаров", "Шокхназаров", "Шохнабаров"):
        found = index.analyse(word, fuzzy=True)
        assert found, word


def test_parts_of_a_full_name_are_told_apart() -> None:
    def parts(full: str) -> dict[str, str]:
        name = parse_name({"full": full})
        assert name is not None
        return {word.text: word.part for word in name.words}

    assert parts("Назаров Фаррух Каримович") == {
        "Назаров": "family",
        "Фаррух": "given",
        "Каримович": "patronymic",
    }
    assert parts("Karimov Jasur Anvar o‘g‘li") == {
        "Karimov": "family",
        "Jasur": "given",
        "Anvar": "patronymic",
    }
    assert parts("Muhiddin Kabiri") == {"Muhiddin": "given", "Kabiri": "family"}
    assert parse_name({"full": " … "}) is None


def test_a_nickname_of_several_words_is_a_phrase() -> None:
    name = parse_name({"full": "Қора Исҳоқ", "kind": "nickname"})
    assert name is not None and name.phrase and {word.part for word in name.words} == {"nickname"}
