"""Make the frozen sample vault. Run once per released format, by hand; never by the tests.

    python tests/vectors/make_sample_vault.py tests/vectors/sample-vault-1

What it wrote is opened by a test for ever. Invented people only.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from storage import AttachFile, DeleteRecord, KdfCost, SaveDraft, SaveRecord, SetSetting, Vault

PASSPHRASE = "daryo tosh kitob chiroq bahor osmon koʻprik"


def save(vault: Vault, type_: str, doc: dict[str, object]) -> str:
    return next(iter(vault.write(SaveRecord(type_, doc)).created))[1]


def main(folder: Path) -> None:
    vault = Vault.create(
        folder / "vault", bytearray(PASSPHRASE.encode()), label="sample", cost=KdfCost(8192, 1, 1)
    )
    name = {"full": "Раҳимова Мадина", "language": "tg", "kind": "legal"}
    person = save(vault, "person", {"names": [name], "protection": "pseudonym"})
    told = {"language": "tg", "kind": "original", "text": "Субҳ омаданд ва бародарамро бурданд. " * 40}
    interview = save(vault, "interview", {"interviewee": person, "languages": ["tg"], "narratives": [told]})
    doc = vault.get(interview) or {}
    doc["narratives"][0]["text"] += "Баъд хабар нашуд."
    vault.write(SaveRecord("interview", doc, interview))
    evidence = save(vault, "evidence", {"title": "Акси ҳукм"})
    vault.write(AttachFile(evidence, bytes(range(256)) * 300, "ҳукм.jpg"))
    save(
        vault,
        "case",
        {"title": "sample case", "victims": [person], "interviews": [interview], "evidence": [evidence]},
    )
    gone = save(vault, "task", {"kind": "question"})
    vault.write(DeleteRecord(gone, erase=True))
    vault.write(SaveDraft("interview/text", interview, "нимкора"))
    vault.write(SetSetting("language", "tg"))
    vault.close()
    text = (
        "# A vault of format 1.0, frozen\n\n"
        "Opened by `tests/storage/test_vault_sample.py` for ever; never written to (the test works on a copy).\n\n"
        f"Passphrase: `{PASSPHRASE}`\n\n"
        "Made by `tests/vectors/make_sample_vault.py`. It holds one person, an interview with two revisions, a file, a case,\n"
        "an erased task, a draft and a setting. All invented.\n"
    )
    (folder / "README.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
