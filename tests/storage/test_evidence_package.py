"""The evidence package: its stand-alone verifier, run as a stranger runs it, accepts it and finds every change."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from i18n.message import Message
from storage import AttachFile, Cancelled, DeleteRecord, InvalidInput, SaveRecord, Tampered, Vault

FIRST = "yetti soʻz"


def words(message: Message) -> str:
    return message.source


def attach(vault: Vault, data: bytes, name: str) -> str:
    evidence = next(iter(vault.write(SaveRecord("evidence", {"title": f"secret title {name}"})).created))[1]
    vault.write(AttachFile(evidence, data, name))
    return evidence


def verify(folder: Path) -> tuple[int, str]:
    """Run the verifier from another place, with nothing of ours on the path."""
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py")],
        capture_output=True,
        text=True,
        cwd="/",
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def package(vault: Vault, tmp_path: Path) -> Path:
    one = attach(vault, b"\xff\xd8 picture " * 500, "Zafar-house.jpg")
    for _ in range(3):
        vault.write(SaveRecord("interview", {}))
    two = attach(vault, b"%PDF-1.4 decision", "decision.pdf")
    made = vault.export_evidence([one, two], tmp_path / "package", words)
    assert (made.folder, made.files) == (tmp_path / "package", 2)
    return tmp_path / "package"


def test_a_stranger_can_check_the_package(package: Path) -> None:
    code, said = verify(package)
    assert code == 0 and "WRONG" not in said, said
    assert said.count("signature") >= 2 and said.count("the log names the hash") == 2
    assert {path.name for path in (package / "files").iterdir()} == {"0001.jpg", "0002.pdf"}
    assert (package / "files" / "0001.jpg").read_bytes() == b"\xff\xd8 picture " * 500


def test_the_hash_list_is_one_that_sha256sum_reads(package: Path) -> None:
    tool = shutil.which("sha256sum")
    if tool is None:
        pytest.skip("no sha256sum on this system")
    done = subprocess.run(
        [tool, "-c", "--strict", "MANIFEST.sha256"], cwd=package, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and done.stdout.count(": OK") == 6, done.stdout + done.stderr


def test_nothing_of_a_record_is_in_the_package_but_its_file(package: Path) -> None:
    for path in package.rglob("*"):
        if path.is_file() and path.parent.name != "files":
            text = path.read_text("utf-8")
            assert "secret title" not in text and "Zafar" not in text


@pytest.mark.parametrize(
    "damage",
    ["file", "file and manifest", "event", "hash", "checkpoint", "signature", "keys", "extra", "missing"],
)
def test_every_change_is_found(package: Path, damage: str) -> None:
    manifest, proof = (json.loads((package / name).read_bytes()) for name in ("manifest.json", "proof.json"))
    picture = package / "files" / "0001.jpg"
    if damage.startswith("file"):
        picture.write_bytes(picture.read_bytes()[:-1] + b"!")
    if damage == "file and manifest":
        import hashlib

        manifest["files"][0]["sha256"] = hashlib.sha256(picture.read_bytes()).hexdigest()
    if damage == "event":
        proof["events"][0]["event"] = proof["events"][0]["event"].replace('"at":1', '"at":2', 1)
    if damage == "hash":
        proof["hashes"][2] = "00" * 32
    if damage == "checkpoint":
        proof["checkpoint"] = proof["checkpoint"].replace("\n", "\n1", 1)
    if damage == "signature":
        proof["signatures"]["mldsa65"] = "00" + proof["signatures"]["mldsa65"][2:]
    if damage == "keys":
        proof["keys"]["ed25519"] = "11" * 32
    if damage == "extra":
        (package / "files" / "0003.jpg").write_bytes(b"x")
    if damage == "missing":
        picture.unlink()
    for name, value in (("manifest.json", manifest), ("proof.json", proof)):
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        (package / name).write_text(text, encoding="utf-8")
    code, said = verify(package)
    assert code == 1 and "WRONG" in said and "Traceback" not in said


def test_what_cannot_be_packed_is_refused_and_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    without = next(iter(vault.write(SaveRecord("evidence", {"title": "no file"})).created))[1]
    deleted = attach(vault, b"x", "x.txt")
    vault.write(DeleteRecord(deleted))
    good = attach(vault, b"y" * 100, "y.txt")
    before = vault._session.log.size
    for ids in ([], [without], [good, without], [deleted], ["nonsense"]):
        with pytest.raises(InvalidInput):
            vault.export_evidence(ids, tmp_path / "package", words)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "x").write_bytes(b"x")
    with pytest.raises(InvalidInput):
        vault.export_evidence([good], tmp_path / "taken", words)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        vault.export_evidence([good], tmp_path / "package", words, stop)
    (blob,) = [
        path
        for path in vault.folder.glob("*/blobs/*/*")
        if path.stat().st_mtime_ns
        == max(other.stat().st_mtime_ns for other in vault.folder.glob("*/blobs/*/*"))
    ]
    blob.write_bytes(blob.read_bytes()[:-1] + b"!")
    with pytest.raises(Tampered):
        vault.export_evidence([good], tmp_path / "package", words)
    assert not (tmp_path / "package").exists() and vault._session.log.size == before
