"""Capture and playback through the real library, against a device made of a file; no microphone is needed, or tried.

ALSA can make a device out of a file. What a real microphone, PulseAudio, Windows or macOS do is not shown here.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
from array import array
from pathlib import Path

import pytest

from desktop.sound import RATE, level
from desktop.sound_opus import OpusEncoder, decode
from storage import EnvironmentProblem

LIBRARIES = ("_miniaudio", "_soundfile_data")

BODY = """
import sys, time
sys.path.insert(0, sys.argv[1])
from desktop import hardening
hardening.harden_process()
hardening.install_audit_hook(())
from desktop.sound import Microphone, play
from storage import EnvironmentProblem
heard = []
try:
    microphone = Microphone()
    microphone.start(heard.append)
    time.sleep(1.2)
    microphone.stop()
    count = len(heard)
    time.sleep(0.3)
    assert len(heard) == count, "sound after the stop"
    play(b"".join(heard))
except EnvironmentProblem as error:
    sys.exit(error.message.source)
sys.stdout.buffer.write(b"".join(heard))
"""
DEVICE = """
pcm.!default {{ type file slave.pcm "null" file "{out}" infile "{into}" format raw }}
pcm.null {{ type null }}
ctl.!default {{ type hw card 0 }}
"""


def run(root: Path, config: Path, home: Path) -> subprocess.CompletedProcess[bytes]:
    environment = {"ALSA_CONFIG_PATH": str(config), "HOME": str(home)}
    words = [sys.executable, "-I", "-B", "-c", BODY, str(root)]
    return subprocess.run(words, env=environment, capture_output=True, check=False, timeout=60)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ALSA")
def test_sound_comes_in_in_order_and_is_played_to_its_end(root: Path, tmp_path: Path) -> None:
    given = array("h", [(step * 37) % 20_000 - 10_000 for step in range(RATE * 8)]).tobytes()
    (tmp_path / "in.raw").write_bytes(given)
    config = tmp_path / "alsa.conf"
    config.write_text(DEVICE.format(out=tmp_path / "out.raw", into=tmp_path / "in.raw"), encoding="ascii")
    done = run(root, config, tmp_path)
    if done.returncode and b"No microphone" in done.stderr:
        pytest.skip("this system's ALSA makes no device out of a file")
    assert done.returncode == 0, done.stderr[-500:]
    heard = done.stdout
    assert len(heard) > RATE // 2 * 2, "less than half a second in 1.2 s"
    samples = [one for one in array("h", heard) if one]  # the device begins with silence
    steps = [right - left for left, right in itertools.pairwise(samples)]
    right = sum(step in (37, 37 - 20_000) for step in steps) / len(steps)
    assert len(samples) > RATE // 2 and right > 0.99, "it is not what the device was given, in order"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ALSA")
def test_without_a_device_there_is_one_sentence(root: Path, tmp_path: Path) -> None:
    config = tmp_path / "alsa.conf"
    config.write_text("", encoding="ascii")
    done = run(root, config, tmp_path)
    assert done.returncode == 1 and done.stderr.strip().endswith(
        b"No microphone can be used on this computer."
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ldd")
def test_no_network_library_comes_with_the_sound_libraries() -> None:
    import _miniaudio
    import _soundfile_data

    files = [Path(str(_miniaudio.__file__)), *Path(str(_soundfile_data.__file__)).parent.glob("*.so")]
    assert len(files) == 2
    for file in files:
        told = subprocess.run(["ldd", str(file)], capture_output=True, text=True, check=True).stdout
        needed = {Path(line.split()[0]).name.split(".so")[0] for line in told.splitlines() if line.strip()}
        assert needed <= {
            "linux-vdso",
            "libm",
            "libmvec",
            "libpthread",
            "libdl",
            "libc",
            "ld-linux-x86-64",
            "librt",
        }


def test_our_sound_loads_no_module_that_can_connect(root: Path) -> None:
    body = (
        "import sys; sys.path.insert(0, sys.argv[1]); import desktop.recorder_main, desktop.sound as s,"
        " desktop.sound_opus as o; o.OpusEncoder(48000).close(); s._library();"
        " print(sorted(set(sys.modules) & {'socket','ssl','http.client','urllib.request','numpy','miniaudio','soundfile'}))"
    )
    told = subprocess.run(
        [sys.executable, "-I", "-B", "-c", body, str(root)], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_levels() -> None:
    assert level(b"") == level(bytes(9600)) == 0
    quiet, loud = array("h", [300, -300] * 50).tobytes(), array("h", [32767, -32768] * 50).tobytes()
    assert 0 < level(quiet) < level(loud) == 110 - 10 or level(loud) >= 100


def test_what_is_no_opus_is_refused_in_words() -> None:
    for data in (b"", b"OggS", b"RIFF" + bytes(100)):
        with pytest.raises(EnvironmentProblem):
            decode(data)
    encoder = OpusEncoder(RATE)
    assert decode(encoder.feed(bytes(9600)) + encoder.close()) and encoder.close() == b""
