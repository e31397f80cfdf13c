"""What is recognised of folders and computers: given made-up systems, and this one."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop import machine, machine_macos, machine_windows, mounts, places
from desktop.machine import Machine
from desktop.places import Surroundings, problems, synced_by


def around(home: Path, *, platform: str = "linux", disk: mounts.Disk = "fixed", free: int = 1 << 40,
           environment: Mapping[str, str] | None = None) -> Surroundings:  # fmt: skip
    return Surroundings(platform, home, environment or {}, lambda _folder: disk, lambda _folder: free)


def kinds(folder: Path, here: Surroundings) -> list[str]:
    return [one.kind for one in problems(folder, here)]


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Хонаи умед", "OneDrive"),
        ("onedrive", "OneDrive"),
        ("Dropbox (Team)", "Dropbox"),
        ("iCloudDrive", "iCloud"),
        ("Google Drive", "Google Drive"),
        ("Мой диск", "Google Drive"),
        ("Yandex.Disk", "Yandex Disk"),
        ("YandexDisk", "Yandex Disk"),
        ("Яндекс.Диск", "Yandex Disk"),
        ("Облако Mail.Ru", "Mail.ru Cloud"),
        ("Cloud Mail.Ru", "Mail.ru Cloud"),
        ("Nextcloud", "Nextcloud"),
        ("Daftar", None),
        ("Dropbox-notes", None),
        ("Boxes", None),
        ("Documents", None),
    ],
)
def test_folders_of_synchronising_programs_are_known_by_their_names(
    tmp_path: Path, name: str, program: str | None
) -> None:
    folder = tmp_path / name / "deeper" / "Daftar"
    assert synced_by(folder, around(tmp_path)) == program
    assert ("synced" in kinds(folder, around(tmp_path))) is (program is not None)


@pytest.mark.parametrize(
    ("marker", "program"),
    [(".dropbox.cache", "Dropbox"), (".stfolder", "Syncthing"), ("._sync_0123.db", "Nextcloud"), (".tmp.drivedownload", "Google Drive")],
)  # fmt: skip
def test_a_renamed_folder_is_known_by_what_the_program_left_in_it(
    tmp_path: Path, marker: str, program: str
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / marker).mkdir()
    assert synced_by(tmp_path / "mine" / "a" / "b", around(tmp_path)) == program
    assert synced_by(tmp_path / "other", around(tmp_path)) is None


def test_a_link_or_a_list_of_the_program_itself_does_not_hide_it(tmp_path: Path) -> None:
    real = tmp_path / "OneDrive" / "Documents"
    real.mkdir(parents=True)
    (tmp_path / "Documents").symlink_to(real)
    assert synced_by(tmp_path / "Documents" / "Daftar", around(tmp_path)) == "OneDrive"
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text(f'{{"personal": {{"path": "{tmp_path}/box of mine"}}}}')
    assert synced_by(tmp_path / "box of mine" / "x", around(tmp_path)) == "Dropbox"
    config = tmp_path / ".config" / "yandex-disk"
    config.mkdir(parents=True)
    (config / "config.cfg").write_text(f'auth="x"\ndir="{tmp_path}/ya"\n')
    assert synced_by(tmp_path / "ya", around(tmp_path)) == "Yandex Disk"
    assert synced_by(tmp_path / "yard", around(tmp_path)) is None


def test_a_redirected_documents_folder_of_windows_is_known_by_where_it_is(tmp_path: Path) -> None:
    home = around(tmp_path, environment={"OneDriveCommercial": str(tmp_path / "org")})
    assert synced_by(tmp_path / "org" / "Documents", home) == "OneDrive"
    moved = Surroundings(
        "win32", tmp_path, {}, lambda _f: "fixed", lambda _f: 1 << 40, lambda: {tmp_path / "D": "OneDrive"}
    )
    assert synced_by(tmp_path / "D" / "Daftar", moved) == "OneDrive"


def test_icloud_keeps_the_documents_of_a_mac_when_it_has_a_folder_of_that_name(tmp_path: Path) -> None:
    here = around(tmp_path, platform="darwin")
    assert synced_by(tmp_path / "Documents" / "Daftar", here) is None
    (tmp_path / "Library" / "Mobile Documents" / "com~apple~CloudDocs" / "Documents").mkdir(parents=True)
    assert synced_by(tmp_path / "Documents" / "Daftar", here) == "iCloud"


def test_the_clouds_of_a_mac_are_named(tmp_path: Path) -> None:
    here = around(tmp_path, platform="darwin")
    cloud = tmp_path / "Library" / "CloudStorage"
    assert synced_by(cloud / "OneDrive-Personal" / "x", here) == "OneDrive"
    assert synced_by(cloud / "GoogleDrive-a@b.c" / "x", here) == "Google Drive"
    assert synced_by(cloud / "Strange-x" / "x", here) == "Strange"


def test_broken_lists_are_no_lists(tmp_path: Path) -> None:
    (tmp_path / ".dropbox").mkdir()
    for text in ("", "{", "[1]", '{"a": 5}', '{"a": {"path": 7}}'):
        (tmp_path / ".dropbox" / "info.json").write_text(text)
        assert synced_by(tmp_path / "x", around(tmp_path)) is None


def test_disks_space_and_rights_are_said_and_only_the_impossible_blocks(tmp_path: Path) -> None:
    assert kinds(tmp_path, around(tmp_path, disk="network")) == ["network"]
    assert kinds(tmp_path, around(tmp_path, disk="removable")) == ["removable"]
    assert kinds(tmp_path / "not" / "yet", around(tmp_path)) == []
    assert kinds(tmp_path, around(tmp_path, free=1 << 20)) == ["full"]
    (tmp_path / "file").write_text("")
    found = problems(tmp_path / "file" / "x", around(tmp_path, disk="network"))
    assert found[0].kind == "file"
    assert found[0].blocks and not found[1].blocks
    long = tmp_path / ("х" * 200)
    assert kinds(long, around(tmp_path, platform="win32")) == ["path"]
    assert kinds(long, around(tmp_path)) == []


def test_on_windows_only_writing_tells_whether_one_may_and_nothing_is_left(tmp_path: Path) -> None:
    assert places.may_write(tmp_path, "win32")
    assert list(tmp_path.iterdir()) == []
    assert not places.may_write(tmp_path / "gone", "win32")


# -- Linux, given as files


class Computer:
    """A made-up /proc and /sys."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in (
            "proc/self",
            "proc/sys/kernel",
            "sys/power",
            "sys/block",
            "sys/dev/block",
            "sys/class/block",
            "dev",
        ):
            (root / name).mkdir(parents=True)
        self.write("proc/self/mountinfo", "25 1 253:0 / / rw - ext4 /dev/mapper/root rw\n26 25 8:17 / /media/stick rw - vfat /dev/sdb1 rw\n"
                   "27 25 0:50 / /srv/a/net rw - cifs //server/share rw\n28 25 0:51 / /srv/a/with\\040space rw - fuse.rclone x: rw\n")  # fmt: skip
        self.write("proc/swaps", "Filename Type Size Used Priority\n")

    def write(self, name: str, text: str) -> None:
        place = self.root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")

    def device(self, name: str, number: str, *, crypt: bool = False, on: tuple[str, ...] = (), removable: bool = False) -> None:  # fmt: skip
        self.write(f"sys/block/{name}/removable", "1" if removable else "0")
        if crypt:
            self.write(f"sys/block/{name}/dm/uuid", "CRYPT-LUKS2-0-x\n")
        (self.root / f"sys/block/{name}/slaves").mkdir()
        for one in on:
            (self.root / f"sys/block/{name}/slaves/{one}").symlink_to(self.root / "sys/block" / one)
        (self.root / "sys/dev/block" / number).symlink_to(self.root / "sys/block" / name)
        (self.root / "sys/class/block" / name).symlink_to(self.root / "sys/block" / name)
        (self.root / "dev" / name).write_text("")


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    return Computer(tmp_path / "root")


def test_kinds_of_disks_are_read_from_the_system(computer: Computer) -> None:
    computer.device("sdb1", "8:17", removable=True)
    computer.device("dm-0", "253:0", crypt=True)
    disk = {name: mounts._disk_of(Path(name), computer.root) for name in ("/srv/a", "/media/stick/x", "/srv/a/net/y", "/srv/a/with space")}  # fmt: skip
    assert disk == {
        "/srv/a": "fixed", "/media/stick/x": "removable", "/srv/a/net/y": "network", "/srv/a/with space": "network",
    }  # fmt: skip


def test_encryption_is_seen_through_layers_and_only_when_every_disk_has_it(computer: Computer) -> None:
    computer.device("sda", "8:0")
    computer.device("dm-1", "253:1", crypt=True, on=("sda",))
    computer.device("dm-0", "253:0", on=("dm-1",))  # logical volume on an encrypted disk
    assert machine.disk_is_encrypted(Path("/home"), computer.root)
    computer.device("sdc", "8:32")
    (computer.root / "sys/block/dm-0/slaves/sdc").symlink_to(computer.root / "sys/block/sdc")
    assert not machine.disk_is_encrypted(Path("/home"), computer.root)


def test_swap_is_open_unless_encrypted_or_in_memory(computer: Computer) -> None:
    head = "Filename Type Size Used Priority\n"
    computer.device("sda2", "8:2")
    computer.device("dm-3", "253:3", crypt=True, on=("sda2",))
    computer.device("zram0", "251:0")
    for line, is_open in (
        ("/dev/sda2 partition 1 0 -2", True),
        ("/dev/dm-3 partition 1 0 -2", False),
        ("/dev/zram0 partition 1 0 100", False),
        ("/swapfile file 1 0 -2", True),
    ):
        computer.write("proc/swaps", head + line + "\n")
        assert bool(machine.open_swap(computer.root)) is is_open, line
    assert not machine.may_hibernate(computer.root)
    computer.write("sys/power/state", "freeze mem disk\n")
    computer.write("sys/power/disk", "[platform] shutdown\n")
    assert machine.may_hibernate(computer.root)
    computer.write("sys/power/disk", "[disabled]\n")
    assert not machine.may_hibernate(computer.root)


def test_remote_sessions_and_programs_that_show_the_screen_are_seen(computer: Computer) -> None:
    assert not machine.seen_from_afar(computer.root, {"DISPLAY": ":0"})
    for environment in ({"SSH_CONNECTION": "x"}, {"XRDP_SESSION": "1"}, {"DISPLAY": "localhost:10"}):
        assert machine.seen_from_afar(computer.root, environment)
    computer.write("proc/77/comm", "x11vnc\n")
    assert machine.seen_from_afar(computer.root, {})


def test_the_program_itself_has_refused_dumps_and_says_nothing_of_them(root: Path) -> None:
    import subprocess
    import sys

    script = f"import sys; sys.path.insert(0, {str(root)!r})\nfrom desktop import hardening, machine\nhardening.harden_process()\nprint(machine.may_dump())"
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_this_computer_answers_quickly_and_without_a_fault(tmp_path: Path) -> None:
    import time

    here = Machine(bridge_is_on=lambda: True)
    began = time.monotonic()
    said = here.weaknesses(tmp_path)
    assert here.place_problem(tmp_path / "Dropbox") is not None
    assert not here.place_is_impossible(tmp_path)
    assert time.monotonic() - began < 0.5
    assert said[-1].source.startswith("A screen reader")
    assert len({one.source for one in said}) == len(said)


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_only_what_the_system_keeps_is_claimed(platform: str) -> None:
    said = Machine(platform=platform)
    assert "cannot connect" not in said.connection_truth().source
    assert Machine(cannot_connect=True).connection_truth().source == "This program cannot connect."
    assert ("cannot prevent" in said.capture_truth().source) is (platform == "linux")


# -- Windows and macOS, as far as bytes go


class Kernel:
    """Answers like kernel32."""

    def __init__(self, kind: int) -> None:
        self.kind = kind

    def GetDriveTypeW(self, _name: Any) -> int:  # noqa: N802 - the system's name
        return self.kind


@pytest.mark.parametrize(("kind", "disk"), [(2, "removable"), (3, "fixed"), (4, "network"), (6, "memory"), (1, "unknown")])  # fmt: skip
def test_kinds_of_drives_of_windows(monkeypatch: pytest.MonkeyPatch, kind: int, disk: str) -> None:
    class Libraries:
        kernel32 = Kernel(kind)

    monkeypatch.setattr(machine_windows, "windll", Libraries())
    assert machine_windows.disk_of(Path("/x")) == disk
    assert machine_windows.disk_of(Path("\\\\server\\share")) == "network"


def test_placeholders_of_the_cloud_are_told_by_their_tag(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    class Told:
        st_reparse_tag = 0x9000701A

    assert not machine_windows.is_cloud_placeholder(tmp_path)
    monkeypatch.setattr(os, "lstat", lambda _path: Told())
    assert machine_windows.is_cloud_placeholder(tmp_path)
    Told.st_reparse_tag = 0xA000000C  # a plain link
    assert not machine_windows.is_cloud_placeholder(tmp_path)


def test_the_structures_of_the_systems_have_their_sizes() -> None:
    assert ctypes.sizeof(machine_macos.Statfs) == 2168
    raw = bytearray(2168)
    struct.pack_into("<I", raw, 64, 0x1000 | 0x200)
    assert machine_macos.kind_of(machine_macos.Statfs.from_buffer_copy(raw)) == "removable"
    struct.pack_into("<I", raw, 64, 0)
    assert machine_macos.kind_of(machine_macos.Statfs.from_buffer_copy(raw)) == "network"
    assert ctypes.sizeof(machine_windows._MemoryStatus) == 64
