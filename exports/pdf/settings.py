"""ReportLab's settings, decided here alone. Must not be loaded after ReportLab.

Left to itself ReportLab runs the file `.reportlab_settings` of the home folder as a program, takes settings from `RL_*`
variables, and looks for fonts in the current and the home folder. It does neither where a module of settings is there.
"""

from __future__ import annotations

import os
import sys
from types import ModuleType

_given = ModuleType("reportlab_settings")
_given.__dict__.update(T1SearchPath=(), TTFSearchPath=(), CMapSearchPath=())
sys.modules["reportlab_settings"] = _given
for _name in [name for name in os.environ if name.startswith("RL_")]:
    del os.environ[_name]

from reportlab import rl_config  # noqa: E402 - only now

# Subsets hold only glyphs that are shown (no ASCII block), streams are plain Flate, nothing depends on clock or user.
rl_config.ttfAsciiReadable = 0
rl_config.useA85 = 0
rl_config.invariant = 1
rl_config.trustedSchemes = []
rl_config.trustedHosts = []
rl_config.autoGenerateMissingTTFName = 0
