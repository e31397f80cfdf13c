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
    counts = Counter(word for _ in range(2000) for word in propose_passphrase("tg").split())
    assert len(counts) == 1296
    mean = 2000 * PROPOSED_WORDS / 1296
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


def test_the_lists_hold_nothing_frightening() -> None:
    """A person under pressure reads these words aloud: none of them may name violence, police, prison, faith, or insult."""
    unwanted = {
        "army", "blood", "bomb", "death", "devil", "enemy", "god", "grave", "guard", "gun", "hell", "jail", "kill", "knife",
        "police", "prison", "rebel", "riot", "spy", "terror", "weapon", "бог", "боль", "бомба", "враг", "кровь", "могила",
        "мечеть", "овца", "оружие", "петух", "петля", "пистолет", "полиция", "смерть", "собака", "страх", "суд", "террор", "труп", "тюрьма", "убийца", "чурка", "шпион",
    }  # fmt: skip
    assert all_words() & unwanted == set()
