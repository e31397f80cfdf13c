"""The evidence package: its stand-alone verifier, run as a stranger runs it, accepts it and finds every change."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

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
    data = blob.read_bytes()
    blob.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(Tampered):
        vault.export_evidence([good], tmp_path / "package", words)
    assert not (tmp_path / "package").exists() and vault._session.log.size == before


def bare(folder: Path, python: str = sys.executable) -> tuple[int, str]:
    """Run the verifier without a single package: no site, no environment."""
    done = subprocess.run(
        [python, "-I", "-S", str(folder / "verify.py")],
        capture_output=True,
        text=True,
        cwd="/",
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_bare_python_checks_the_package_and_its_first_signature(package: Path) -> None:
    code, said = bare(package)
    assert code == 0 and "WRONG" not in said and "Traceback" not in said, said
    assert "ok      signature ed25519" in said and "signature mldsa65 was not checked" in said
    proof = json.loads((package / "proof.json").read_bytes())
    right = bytes.fromhex(proof["signatures"]["ed25519"])
    proof["signatures"]["ed25519"] = (right[:-1] + bytes([right[-1] ^ 1])).hex()
    (package / "proof.json").write_text(json.dumps(proof), encoding="utf-8")
    code, said = bare(package)
    assert code == 1 and "WRONG   signature ed25519" in said


def test_the_verifier_is_written_in_the_python_of_2019(package: Path) -> None:
    import ast

    ast.parse((package / "verify.py").read_text("utf-8"), feature_version=(3, 8))
    old = shutil.which("python3.8")
    if old is None or subprocess.run([old, "-V"], capture_output=True, check=False).returncode:
        pytest.skip("no Python 3.8 on this system")
    code, said = bare(package, old)
    assert code == 0 and "ok      signature ed25519" in said


def own_ed25519(package: Path) -> Any:
    """The verifier's own check, without running the rest of it."""
    source = (package / "verify.py").read_text("utf-8").split("\ntry:\n    text = ")[0]
    names: dict[str, Any] = {"__file__": str(package / "verify.py")}
    exec(compile(source, "verify.py", "exec"), names)
    return names["ed25519"]


def test_the_verifiers_own_ed25519_agrees_with_wycheproof(package: Path, shared: Path) -> None:
    file = shared / "vectors" / "wycheproof" / "ed25519_test.json"
    if not file.is_file():
        found = sorted(shared.glob("vectors/**/ed25519_test.json"))
        if not found:
            pytest.skip("no Ed25519 vectors beside this checkout")
        file = found[0]
    check, count = own_ed25519(package), 0
    for group in json.loads(file.read_text("utf-8"))["testGroups"]:
        key = bytes.fromhex((group.get("publicKey") or group["key"])["pk"])
        for case in group["tests"]:
            count += 1
            result = check(key, bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"]))
            assert result == (case["result"] == "valid"), (case["tcId"], case["comment"])
    assert count > 80


def flipped(path: Path, drawn: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[drawn.randrange(len(data))] ^= 1 << drawn.randrange(8)
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("seed", range(30))
def test_no_changed_bit_goes_unnoticed(package: Path, seed: int) -> None:
    """One bit anywhere: the verifier finds it in what it proves, the hash list in the rest."""
    drawn = random.Random(seed)
    names = ["manifest.json", "proof.json", "files/0001.jpg", "files/0002.pdf", "README.txt", "verify.py"]
    path = package / names[seed % len(names)]
    flipped(path, drawn)
    if path.name in ("README.txt", "verify.py"):
        found = _hashes(package)
    else:
        code, said = verify(package)
        found = code == 1 and "WRONG" in said and "Traceback" not in said
    assert found, path.name


def _hashes(package: Path) -> bool:
    """What `sha256sum -c` would say, for systems without it: True when a line does not hold."""
    import hashlib

    lines = (package / "MANIFEST.sha256").read_text("utf-8").splitlines()
    held = [line.split("  ", 1) for line in lines]
    return any(hashlib.sha256((package / name).read_bytes()).hexdigest() != digest for digest, name in held)
