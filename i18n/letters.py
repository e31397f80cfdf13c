"""The alphabets of the six languages, and letters no keyboard at hand may have. Data that others check against.

Must not hold rules of order (`i18n.collation`) or of search (`i18n.fold`).
"""

from __future__ import annotations

# Official order; a digraph counts as one letter of the alphabet.
ALPHABETS: dict[str, tuple[str, ...]] = {
    "en": tuple("abcdefghijklmnopqrstuvwxyz"),
    "ru": tuple("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    "uz_Latn": (*"abdefghijklmnopqrstuvxyz", "oʻ", "gʻ", "sh", "ch"),
    "uz_Cyrl": tuple("абвгдеёжзийклмнопрстуфхцчшъьэюяўқғҳ"),
    "tg": tuple("абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя"),
    "az": tuple("abcçdeəfgğhxıijkqlmnoöprsştuüvyz"),
}

# Letters offered by the palette beside a text field, because keyboards lack them.
PALETTE: dict[str, str] = {
    "en": "",
    "ru": "ё",
    "uz_Latn": "ʻʼ",
    "uz_Cyrl": "ўқғҳЎҚҒҲ",
    "tg": "ғӣқӯҳҷҒӢҚӮҲҶ",
    "az": "əğıöüçşƏĞİÖÜÇŞ",
    "fr": "éèêëàâçîïôùûœ",
    "es": "áéíóúñü¿¡",
}
