"""The names of the groups of the taxonomy and of the kinds of bodies. Must not list the kinds themselves."""

from __future__ import annotations

from collections.abc import Mapping

from i18n.message import Message, msg, pmsg

GROUP_LABELS: Mapping[str, Message] = {
    "expression": msg("Expression and media"),
    "civic": msg("Assembly and association"),
    "identity": msg("Religion, ethnicity, orientation"),
    "notice": msg("Charges, notices, requests"),
    "threat": pmsg("kinds", "Threats"),
    "relatives": msg("Pressure on relatives"),
    "surveillance": msg("Surveillance"),
    "mobility": msg("Passports, borders, movement"),
    "detention": pmsg("kinds", "Detention"),
    "trial": pmsg("kinds", "Trials"),
    "torture": msg("Torture and ill-treatment"),
    "prison": msg("Prison"),
    "disappearance": pmsg("kinds", "Disappearance"),
    "removal": msg("Extradition, deportation, rendition"),
    "violence": msg("Violence"),
    "defence": msg("Lawyers and defence"),
    "protection": msg("Protection by the host State"),
    "context": msg("Situation in the country"),
}
