"""What the folder build holds and what it must never hold: the tables, and nothing that acts on them.

Left out by default wherever nobody needs it: what can open a socket, what only developers use, and every reader of a
file format that the program never reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

ROOMS = ("i18n", "storage", "exports", "ui", "desktop")

# Modules of the rooms that make or check the sources; the running program never loads them.
ROOMS_DROP = (
    "i18n/extract.py", "i18n/check.py", "i18n/check_rules.py", "i18n/glossary.py",
    "i18n/sources.py", "i18n/uz_generate.py", "ui/gallery/*",
)  # fmt: skip
# Beside the modules the rooms hold data. Every kind is either shipped or left out on purpose.
DATA_SHIP = (".mo", ".svg", ".toml", ".tsv", ".ttf", ".otf", ".txt", ".json", ".sql", "LICENSE")
DATA_DROP = (".po", ".pot", ".md", "i18n/glossary.tsv")


@dataclass(frozen=True)
class Library:
    """One installed distribution: which of its files are taken (all of them, unless `keep`), minus `drop`."""

    name: str
    keep: tuple[str, ...] = ("*",)
    drop: tuple[str, ...] = ()
    not_everywhere: bool = False  # the lock names it for some machines only

    def takes(self, path: str) -> bool:
        """Whether the file at `path` (with `/`, relative to the environment's packages) belongs into the build."""
        return _fits(path, self.keep) and not _fits(path, self.drop) and not _fits(path, _NEVER)


# Never taken from any distribution: what only compilers, type checkers and tests read, and programs of their own.
_NEVER = (
    "*.pyi", "*.pyx", "*.pxd", "*.pxi", "*.h", "*.hpp", "*.c", "*.cpp", "*.cmake", "*.typed", "*.xml", "*.qml",
    "*.dist-info/*", "*/tests/*", "*/__pycache__/*", "../*", "*/__main__.py", "*/include/*",
)  # fmt: skip

_PILLOW = (
    "__init__", "_binary", "_deprecate", "_util", "_version", "ExifTags", "Image", "ImageChops",
    "GimpGradientFile", "GimpPaletteFile", "ImageColor", "ImageDraw", "ImageFile", "ImageFilter", "ImageFont", "ImageMode", "ImageOps", "ImagePalette",
    "ImageSequence", "ImageStat", "ImageText", "JpegImagePlugin", "JpegPresets", "MpoImagePlugin", "PaletteFile",
    "PngImagePlugin", "TiffImagePlugin", "TiffTags", "WebPImagePlugin", "features",
)  # fmt: skip
"""JPEG, PNG and WebP; TIFF because Pillow reads the EXIF block of a JPEG with it (no picture is opened by it: every
call names its formats)."""

_QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtDBus")
_QT_LIBRARIES = ("Core", "Gui", "Widgets", "Svg", "DBus", "XcbQpa", "WaylandClient", "WlShellIntegration")
_QT_PLUGINS = (
    "platforms/libqoffscreen.so", "platforms/libqxcb.so", "platforms/libqwayland.so",
    "platforminputcontexts/libcompose*", "wayland-shell-integration/libxdg-shell.so",
    "wayland-decoration-client/libbradient.so",
    "platforms/qwindows.dll", "platforms/qoffscreen.dll", "styles/qmodernwindowsstyle.dll",
    "platforms/libqcocoa.dylib", "platforms/libqoffscreen.dylib", "styles/libqmacstyle.dylib",
)  # fmt: skip
_QT = (
    "PySide6/__init__.py", "PySide6/_config.py", "PySide6/_git_pyside_version.py", "PySide6/support/*",
    "PySide6/libpyside6.*", "PySide6/pyside6.abi3.dll", "PySide6/Qt/lib/libicu*", "PySide6/icu*.dll",
    "PySide6/msvcp140*.dll", "PySide6/vcruntime140*.dll", "PySide6/concrt140.dll",
    *(f"PySide6/{name}.*" for name in _QT_MODULES),
    *(f"PySide6/Qt/lib/libQt6{name}.so*" for name in _QT_LIBRARIES),
    *(f"PySide6/Qt6{name}.dll" for name in _QT_LIBRARIES),
    *(f"PySide6/Qt/lib/Qt{name}.framework/*" for name in _QT_LIBRARIES),
    *(f"PySide6/Qt/plugins/{name}" for name in _QT_PLUGINS),
    *(f"PySide6/plugins/{name}" for name in _QT_PLUGINS),
)  # fmt: skip

LIBRARIES = (
    Library("cffi", keep=("_cffi_backend.*",)),
    Library("cryptography", drop=("*/x509/*", "*/serialization/pkcs*", "*/fernet.py", "*/twofactor/*")),
    # Of these two the compiled half alone (ADR 9): the other loads a web client, or needs numpy.
    Library("miniaudio", keep=("_miniaudio.*",), not_everywhere=True),
    Library("msgspec"),
    # XMP is neither read nor written: no lxml, and nothing that asks for it.
    Library("pikepdf", drop=("pikepdf/pdfa/*", "pikepdf/jbig2.py")),
    Library(
        "pillow",
        keep=(*(f"PIL/{name}.py" for name in _PILLOW), "PIL/_imaging.*", "PIL/_imagingft.*", "PIL/_webp.*", "pillow.libs/*"),
        drop=("pillow.libs/libavif*", "pillow.libs/liblcms2*"),
    ),
    Library("pypdf", drop=("*/_pycryptodome.py",)),
    Library("pypdfium2", drop=("pypdfium2_cli/*",)),
    Library("pyside6-essentials", keep=_QT),
    Library(
        "reportlab",
        drop=(
            "reportlab/graphics/*", "reportlab/fonts/*", "*/testutils.py", "*/rparsexml.py", "*/lib/codecharts.py",
            "*/lib/corp.py", "*/lib/fontfinder.py",
        ),
    ),
    Library("shamir-mnemonic", drop=("*/cli.py",)),
    Library("shiboken6", keep=("shiboken6/*.py", "shiboken6/Shiboken.*", "shiboken6/libshiboken6.*", "shiboken6/*.dll")),
    Library("soundfile", keep=("_soundfile.py", "_soundfile_data/*")),
    Library("sqlcipher3"),
)  # fmt: skip

LIBRARIES_DROP = {
    "babel": "tests alone compare our own tables with it",
    "charset-normalizer": "ReportLab guesses encodings of markup with it; we give it text",
    "lxml": "pikepdf reads XMP with it; our files have none",
    "packaging": "pikepdf asks it for the version of a JBIG2 program",
    "pycparser": "cffi's compiler; the run-time part needs none",
}
"""Distributions of the lock that are not shipped, each with its reason."""

STDLIB_DROP = (
    # can reach a network
    "asyncio", "asyncore", "asynchat", "cgi", "cgitb", "ftplib", "http", "imaplib", "mailbox", "mailcap", "nntplib",
    "poplib", "smtpd", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib.error", "urllib.request",
    "urllib.response", "urllib.robotparser", "uu", "webbrowser", "wsgiref", "xmlrpc", "_pyio",
    # loads one of those
    "email", "importlib.metadata", "logging.config", "logging.handlers", "xml.dom.pulldom", "xml.sax",
    # starts other Pythons, installs or loads what is not ours
    "code", "codeop", "ensurepip", "multiprocessing", "runpy", "site", "venv", "zipapp", "_sitebuiltins",
    "concurrent.futures.process", "pkgutil", "distutils", "lib2to3", "sysconfig", "zoneinfo", "_aix_support", "_bootsubprocess",
    "_osx_support", "_sysconfigdata*",
    # for developers, tests, other screens, other data bases
    "__phello__", "_pydecimal", "antigravity", "bdb", "cProfile", "crypt", "ctypes.test", "curses", "dbm", "doctest",
    "idlelib", "nis", "pdb", "pipes", "profile", "pstats", "pty", "pyclbr", "pydoc", "pydoc_data", "rlcompleter",
    "sqlite3", "sndhdr", "sunau", "aifc", "chunk", "imghdr", "tabnanny", "test", "this", "tkinter", "trace", "tty", "turtle",
    "turtledemo", "unittest", "xdrlib", "netrc", "nturl2path", "encodings.idna", "encodings.punycode",
    # letters that no record and none of our PDF files have
    "encodings.big5*", "encodings.cp932", "encodings.cp949", "encodings.cp950", "encodings.euc_*", "encodings.gb*",
    "encodings.hz", "encodings.iso2022_*", "encodings.johab", "encodings.shift_jis*",
)  # fmt: skip
NATIVE_DROP = (
    "_asyncio", "_crypt", "_ctypes_test", "_curses*", "_dbm", "_gdbm", "_lsprof", "_multiprocessing", "_posixshmem",
    "_socket", "_sqlite3", "_ssl", "_test*", "_tkinter", "_xx*", "audioop", "nis", "ossaudiodev", "readline", "spwd",
    "syslog", "xx*", "_codecs_*", "_multibytecodec", "winsound", "_overlapped", "_scproxy", "_msi", "_wmi", "_zoneinfo",
)  # fmt: skip
"""Of Python's own compiled modules. Without `_socket` and `_ssl` the interpreter itself cannot connect."""

NEVER = (
    "Network", "vnc", "tls", "qmltooling", "networkinformation", "sqldrivers", "Qml", "Quick", "Designer",
    "PrintSupport", "printsupport", "_ssl.", "_socket.", "libssl", "sitecustomize", "/pip/", "/setuptools/", "/test/",
    "/tests/", "ibus", "gtk3", "eglfs", "linuxfb",
)  # fmt: skip
"""No path in the build may hold one of these; the build stops where one does."""

SYSTEM = (
    "libc.so.6", "libm.so.6",
    "libmvec.so.1", "libmvec.so.1", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1", "libgcc_s.so.1",
    "libstdc++.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "libz.so.1", "libzstd.so.1",
    "libglib-2.0.so.0", "libgthread-2.0.so.0", "libdbus-1.so.3", "libfontconfig.so.1", "libfreetype.so.6",
    "libEGL.so.1", "libGL.so.1", "libX11.so.6", "libX11-xcb.so.1", "libxcb.so.1", "libwayland-client.so.0",
    "libwayland-cursor.so.0",
)  # fmt: skip
"""What a Linux desktop has and must give itself: the C library, and what belongs to its screen driver or display
server. Everything else that is needed comes along."""


def stdlib_takes(module: str) -> bool:
    """Whether a module of the standard library (dotted name) is shipped."""
    return not any(fnmatchcase(module, name) or fnmatchcase(module, f"{name}.*") for name in STDLIB_DROP)


def native_takes(module: str) -> bool:
    """Whether a compiled module of the standard library is shipped."""
    return not _fits(module, NATIVE_DROP)


def room_ships(path: str) -> bool:
    """Whether a file of a room (`storage/vault.py`) is shipped. ValueError for a kind nobody has thought about."""
    if _fits(path, ROOMS_DROP):
        return False
    if path.endswith(".py"):
        return True
    if path.endswith(DATA_DROP):
        return False
    if path.endswith(DATA_SHIP):
        return True
    raise ValueError(f"{path}: is this kind of file part of the program? (packaging/portable/plan.py)")


def forbidden(path: str) -> bool:
    """Whether a path in the build names something that must not be in it."""
    return any(name in f"/{path}" for name in NEVER)


def _fits(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)
