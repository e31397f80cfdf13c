"""Times the finder on a long invented text: a million words against a thousand persons, memory included."""

from __future__ import annotations

import random
import resource
import time

from exports.redaction import Finder, ProtectedSet, protected_from_names

_SYLLABLES = [
    "ба",
    "бо",
    "ва",
    "го",
    "да",
    "до",
    "жа",
    "зо",
    "ка",
    "ко",
    "ла",
    "ли",
    "ма",
    "ми",
    "на",
    "но",
    "па",
    "ра",
    "ри",
    "са",
    "си",
    "та",
    "то",
    "ти",
    "у",
    "ха",
    "чи",
    "ша",
    "ни",
    "ре",
    "де",
    "не",
    "ме",
    "про",
    "при",
    "ста",
    "сто",
    "ски",
    "ния",
    "ный",
    "ова",
    "ени",
]
_BEGINNINGS = [
    "Аб",
    "Ан",
    "Бах",
    "Вал",
    "Гул",
    "Дав",
    "Дил",
    "За",
    "Иб",
    "Каб",
    "Кар",
    "Лут",
    "Мад",
    "Мах",
    "Нар",
    "Наз",
    "Об",
    "Рав",
    "Рус",
    "Сад",
    "Сул",
    "Таб",
    "Тур",
    "Ул",
    "Фар",
    "Хай",
    "Шар",
    "Шер",
    "Юс",
    "Яҳ",
    "Мир",
    "Сан",
]
_MIDDLES = ["о", "и", "у", "а", "ли", "ри", "му", "ба", "да", "са"]
_ENDS = ["н", "р", "д", "л", "м", "б", "з", "ш", "хон", "бек", "зод", "ват", "рад", "лом", "мон", "дин"]


def invented_persons(count: int, seed: int = 7) -> ProtectedSet:
    """Persons with a Russian, a Tajik or Uzbek and an English spelling each."""
    draw = random.Random(seed)

    def name() -> str:
        return draw.choice(_BEGINNINGS) + draw.choice(_MIDDLES) + draw.choice(_ENDS)

    persons = []
    for number in range(count):
        given, root = name(), name()
        woman = draw.random() < 0.4
        persons.append(
            {
                "id": f"p{number}",
                "sex": "female" if woman else "male",
                "names": [
                    {"family": root + ("ова" if woman else "ов"), "given": given, "language": "ru"},
                    {"family": root + "зода", "given": given, "language": "tg"},
                ],
            }
        )
    return protected_from_names({"persons": persons})


def invented_text(words: int, protected: ProtectedSet, distinct: int = 60_000, seed: int = 11) -> str:
    """Running text with the frequencies of language (few words very often), a name in every hundred words."""
    draw = random.Random(seed)
    vocabulary = [
        "".join(draw.choice(_SYLLABLES) for _ in range(draw.randint(1, 5))) for _ in range(distinct)
    ]
    weights = [1.0 / (rank + 3) for rank in range(distinct)]
    chosen = draw.choices(vocabulary, weights, k=words)
    names = [word.text for person in protected.persons for name in person.names for word in name.words]
    for place in range(0, words, 100):
        chosen[place] = draw.choice(names) + draw.choice(("", "а", "у", "ом", "ро", "нинг", "и"))
    for place in range(0, words, 12):
        chosen[place] = chosen[place][:1].upper() + chosen[place][1:]
        if place:
            chosen[place - 1] += "."
    return " ".join(chosen)


def speed_report(words: int = 1_000_000, persons: int = 1_000) -> str:
    """One line of figures."""
    protected = invented_persons(persons)
    text = invented_text(words, protected)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began, cpu = time.perf_counter(), time.process_time()
    finder = Finder(protected)
    compiled = time.perf_counter()
    spans = finder.find(text, "ru")
    done, busy = time.perf_counter(), time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"speed: {words} words, {persons} persons: compile {compiled - began:.2f} s, find {done - compiled:.2f} s (processor {busy:.2f} s), "
        f"{len(spans)} spans; peak {peak:.0f} MB, of it text and start {before:.0f} MB"
    )


if __name__ == "__main__":
    print(speed_report())
