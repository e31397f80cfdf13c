"""Small files in each language that other tests start from: they import, and nothing of them is lost or changed."""

from __future__ import annotations

import importlib.util
import json
import unicodedata
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from storage import KdfCost, Vault, import_file, json_schema

LANGUAGES = ("ru", "tg", "uz_Latn", "uz_Cyrl", "az")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_person_of_each_language(language: str, root: Path, tmp_path: Path) -> None:
    path = root / "tests" / "golden" / f"new-person-{language}.json"
    value = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(json_schema()).validate(value)
    passphrase = bytearray(b"seven quiet rivers under the bridge")
    with Vault.create(
        tmp_path / "v", passphrase, cost=KdfCost(memory_kib=8192, iterations=1, lanes=1)
    ) as vault:
        assert import_file(vault, path).created == 7
        (interview,) = vault.docs("interview")
        text = interview["narratives"][0]["text"]
        assert text == value["interviews"][0]["narratives"][0]["text"] == unicodedata.normalize("NFC", text)
        assert {doc["names"][0]["full"] for doc in vault.docs("person")} == {
            person["names"][0]["full"] for person in value["persons"]
        }


def test_the_generator_writes_valid_files_and_the_same_for_a_seed(root: Path, tmp_path: Path) -> None:
    generate = _load(root / "tests" / "bench" / "generate.py")
    generate.write(tmp_path / "a.json", 8, seed=5)
    generate.write(tmp_path / "b.json", 8, seed=5)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    value = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(json_schema()).validate(value)
    assert {interview["languages"][0] for interview in value["interviews"]} == {"tg", "ru", "uz", "az"}
    passphrase = bytearray(b"seven quiet rivers under the bridge")
    with Vault.create(
        tmp_path / "v", passphrase, cost=KdfCost(memory_kib=8192, iterations=1, lanes=1)
    ) as vault:
        import_file(vault, tmp_path / "a.json")
        assert vault.counts()["interview"] == 8


def _load(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("bench_generate", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
