"""What is remembered of a notebook's words while it is open is gone once it is closed."""

from __future__ import annotations

from pathlib import Path

from i18n import fold
from i18n.names import likeness, name_distance
from i18n.names.skeleton import distance
from storage import KdfCost, Vault


def test_closing_a_notebook_forgets_names_and_words(tmp_path: Path) -> None:
    vault = Vault.create(tmp_path / "v", bytearray(b"closed and forgotten"), cost=KdfCost(8192, 1, 1))
    likeness("Зарофат Ҳамидзода", "Zarofat Hamidzoda")
    name_distance("zarofat", "zarafat")
    assert fold.t_key.cache_info().currsize and distance.cache_info().currsize
    vault.close()
    assert not fold.t_key.cache_info().currsize and not distance.cache_info().currsize
