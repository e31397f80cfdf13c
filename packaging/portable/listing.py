"""The lists beside a build: every file with its SHA-256, and what it is made of (CycloneDX 1.6). Must not read the clock.

The list of files finds damage and exchanged files; whoever can change the folder can change the list. Its own hash,
handed on by another way, is what proves the folder.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

MANIFEST = "MANIFEST.sha256"
_NAMESPACE = uuid.UUID("6f0c4c0e-3a43-4bd0-9a3b-6b1c5d1f6c10")


def manifest(folder: Path) -> str:
    """`hash␠␠path` for every file below `folder` but the list itself, sorted: `sha256sum -c` reads it."""
    lines = []
    for path in sorted(folder.rglob("*"), key=lambda one: one.relative_to(folder).as_posix()):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != MANIFEST:
            lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n")
    return "".join(lines)


@dataclass(frozen=True)
class Part:
    """One component of the build; `kind` is `pypi`, `deb` or `generic`."""

    name: str
    version: str
    kind: str
    licence: str = ""
    hashes: tuple[str, ...] = ()
    note: str = ""

    @property
    def purl(self) -> str:
        """The package's address without a place: `pkg:pypi/name@version`."""
        return f"pkg:{self.kind}/{self.name}@{self.version.replace('+', '%2B').replace(':', '%3A')}"


def system_package(library: Path) -> tuple[str, str, Path | None]:
    """Debian's name and version for a library of this computer, and its licence text; the file's name elsewhere."""
    for path in (library, Path("/", *library.parts[2:])):  # /usr/lib is /lib where the two are one
        owner = _said("dpkg-query", "-S", str(path)).split(":")[0]
        if owner:
            text = Path("/usr/share/doc") / owner / "copyright"
            return owner, _said("dpkg-query", "-W", "-f=${Version}", owner), text if text.is_file() else None
    return library.name, "unknown", None


def _said(*words: str) -> str:
    try:
        return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def sbom(version: str, parts: list[Part], when: int, needs: list[str], glibc: str) -> dict[str, Any]:
    """The bill of materials. `when` in seconds since 1970; `needs` are the libraries the system must have."""
    components = [_component(part) for part in merged(parts)]
    root = {"type": "application", "bom-ref": "daftar", "name": "daftar", "version": version}
    root["licenses"] = [{"license": {"id": "GPL-3.0-or-later"}}]  # type: ignore[assignment]
    properties = [{"name": "daftar:system-library", "value": name} for name in needs]
    if glibc:
        properties.append({"name": "daftar:oldest-glibc", "value": glibc})
    seed = json.dumps([version, components, properties, when], sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, seed)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": root,
            "properties": properties,
        },
        "components": components,
        "dependencies": [{"ref": "daftar", "dependsOn": [one["bom-ref"] for one in components]}],
    }


def merged(parts: list[Part]) -> list[Part]:
    """One part for each package, in order; several files of one package keep their names and hashes."""
    by_address: dict[str, list[Part]] = {}
    for part in sorted(parts, key=lambda one: (one.kind, one.name, one.note)):
        by_address.setdefault(part.purl, []).append(part)
    return [
        replace(
            group[0],
            hashes=tuple(digest for one in group for digest in one.hashes),
            note=", ".join(one.note for one in group if one.note),
        )
        for group in by_address.values()
    ]


def _component(part: Part) -> dict[str, Any]:
    one: dict[str, Any] = {
        "type": "library",
        "bom-ref": part.purl,
        "name": part.name,
        "version": part.version,
    }
    one["purl"] = part.purl
    if part.licence:
        one["licenses"] = [{"license": {"name": part.licence}}]
    if part.hashes:
        one["hashes"] = [{"alg": "SHA-256", "content": digest} for digest in part.hashes]
    if part.note:
        one["description"] = part.note
    return one
