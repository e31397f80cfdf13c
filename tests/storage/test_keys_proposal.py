"""The two word lists and what is drawn from them: counts, letters, distance, fairness, strength, normal form."""

from __future__ import annotations

import itertools
import math
from collections import Counter

import pytest

from storage.crypto import normalise_passphrase, passphrase_bits
from storage.crypto.proposal import PROPOSED_WORDS, all_words, propose_passphrase, word_list

LISTS = ("latin", "cyrillic")
LETTERS = {"latin": set("abcdefghijklmnopqrstuvxyz"), "cyrillic": set("абвгдежзийклмнопрстуфхцчшщыьэюя")}
LANGUAGES = {
    "en": "latin",
    "uz_Latn": "latin",
    "az": "latin",
    "ru": "cyrillic",
    "uz_Cyrl": "cyrillic",
    "tg": "cyrillic",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_1296_different_short_words_of_plain_letters(name: str) -> None:
    words = word_list(name)
    assert len(words) == len(set(words)) == 1296
    assert list(words) == sorted(words)
    assert all(4 <= len(word) <= 7 and set(word) <= LETTERS[name] for word in words)
    assert sum(map(len, words)) / len(words) < 6


@pytest.mark.parametrize("name", LISTS)
def test_four_letters_tell_a_word_and_no_word_begins_another(name: str) -> None:
    assert len({word[:4] for word in word_list(name)}) == 1296


def variants(word: str) -> set[str]:
    """The word with any one letter left out: two words a slip apart share one of these (or one is the other's)."""
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


@pytest.mark.parametrize("name", LISTS)
def test_no_two_words_are_one_slip_apart(name: str) -> None:
    words = set(word_list(name))
    near = []
    for word in words:
        near += [(word, other) for other in variants(word) & words]
        for at in range(len(word) - 1):
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            near += [(word, swapped)] if swapped != word and swapped in words else []
        for at, letter in itertools.product(range(len(word)), LETTERS[name]):
            other = word[:at] + letter + word[at + 1 :]
            near += [(word, other)] if other != word and other in words else []
    assert near == []


@pytest.mark.parametrize(("language", "name"), LANGUAGES.items())
def test_seven_words_of_the_right_list_are_72_bits_and_normal(language: str, name: str) -> None:
    for _ in range(300):
        text = propose_passphrase(language)
        words = text.split(" ")
        assert len(words) == len(set(words)) == PROPOSED_WORDS
        assert set(words) <= set(word_list(name))
        assert 72 <= passphrase_bits(text) < 73
        assert normalise_passphrase(bytearray(text.encode())) == text.encode()


def test_every_word_can_be_drawn_and_about_as_often() -> None:
    counts = Counter(word for _ in range(6000) for word in propose_passphrase("tg").split())
    assert len(counts) == 1296
    mean = 6000 * PROPOSED_WORDS / 1296
    chi = sum((count - mean) ** 2 / mean for count in counts.values())
    assert abs(chi - 1295) < 5 * math.sqrt(2 * 1295)


def test_the_draw_takes_the_given_choice_and_never_the_same_word_twice() -> None:
    first = word_list("latin")[:PROPOSED_WORDS]
    assert propose_passphrase("en", lambda count: 0) == " ".join(first)
    assert propose_passphrase("az", lambda count: count - 1).split() == list(
        reversed(word_list("latin")[-PROPOSED_WORDS:])
    )


def test_five_words_of_the_lists_are_too_few_and_six_are_enough() -> None:
    words = propose_passphrase("ru").split()
    assert passphrase_bits(" ".join(words[:5])) < 60 <= passphrase_bits(" ".join(words[:6]))


FRIGHTENING = {
    "violence": "army gun knif kill murd dead deat dying blood bomb bulle shoot rifl pistol grena attac assau tortu scream"
    " terror panic threa victi hosta capti slave olim jazo dushma qurol urush qon otish soqqa silah olum qan арми"
    " войн оруж пистоле нож пуля убий убит смерт мертв труп кров бомб взрыв гранат атака побо пытк крик страх ужас террор"
    " паник угроз жертв залож марг хун душман гуно қон",
    "prison and court": "polic prison jail arrest court jury trial crime crimin felon thief steal convic sherif detec spy"
    " agent secret censor interr informe kgb fsb qamoq zindon milits mehkem hebs полиц милиц тюрьм камер страж конво арест"
    " суды судья прис закон прест вору кража шериф сыщик шпион агент тайна секрет ценз допрос донос кгб фсб ҷазо зиндон",
    "flight": "escap exile asyl deport migra border pass visa refug побег бежен изгна убежи депор мигра границ паспор виза",
    "faith": "god relig church mosque temple pray priest imam mulla islam musli christ jewi bible koran quran saint angel"
    " devil demon satan hell sinn holy faith sect pope monk nun allah rabb namoz azon masjid kofir kafir gunoh gunah бог"
    " религ церк мечет храм молит поп свящ имам мулла ислам мусул христ еврей библ коран святы ангел дьяв демон сатан"
    " грех вера секта монах аллах намаз азан рабби кофир мулло худо шайтон",
    "power": "party vote elect regim dicta presid minist king queen tsar revolt rebel protest strike riot coup tyran nation"
    " state govern politi commun soviet stalin lenin nazi fasci milita soldie genera captai office партия выбор голос"
    " режим диктат прези минис король царь револ бунт протес стачк заба перевор тиран нация народ госуд полит коммун совет"
    " сталин ленин фаши воин солдат генер майор капит сержа офиц погон правда",
    "peoples": "russia uzbek tajik kazak kyrgyz azer armen turk iran afghan gypsy negro slav tatar arab german polish hitler"
    " русск узбек таджик казах кирг азер армян турок турец иран афган цыган негр слав татар араб немец чечен чурк хач",
    "insults": "sexy naked nude porn whore slut bitch fuck shit arse tit cunt dick penis vagin rape virgin drug heroi"
    " cocai opium drunk vodka alcoh eshak donkey monkey pig секс голый порн шлюх сука бляд хер хуй жоп пизд член насил"
    " дева наркот героин кокаин опий пьян водка спирт собак осел ишак обезьян козел баран овца корова петух свинья крыса хар",
    "death": "noose grave. tomb coffin corps funer cemet poison venom snake hang. виселиц петля могил гроб похор кладб яд. отрав змея",
}
"""Beginnings of words; one that ends in a dot is a whole word."""
HARMLESS = {
    "asset", "cello", "copper", "crystal", "diesel", "muslin", "tito", "title", "rabbit", "robin", "robot", "pigeon", "couple", "thread",
    "веранда", "ворона", "ворс", "грабли", "гранат", "забава", "ножницы", "попона", "попугай", "пуловер",
}  # fmt: skip
"""Words that only begin like one of those."""


def test_the_lists_hold_nothing_frightening() -> None:
    """A person under pressure reads these words aloud: none of them names violence, police, prison, flight, faith, power,
    a people, death or an insult, in English, Uzbek, Azerbaijani, Russian or Tajik."""
    found = {}
    for topic, text in FRIGHTENING.items():
        whole = {stem[:-1] for stem in text.split() if stem.endswith(".")}
        stems = tuple(stem for stem in text.split() if not stem.endswith("."))
        hits = {word for word in all_words() if word in whole or word.startswith(stems)} - HARMLESS
        if hits:
            found[topic] = sorted(hits)
    assert found == {}


def test_the_test_of_frightening_words_sees() -> None:
    stems = tuple(stem.rstrip(".") for text in FRIGHTENING.values() for stem in text.split())
    for word in ("prison", "police", "тюрьма", "полиция", "мечеть", "nation", "паспорт", "закон", "angel"):
        assert word.startswith(stems) and word not in all_words()
