"""The live checklist of a petition. Front door of its checks; must not hold one."""

from exports.checklist.items import Item
from exports.checklist.summary import Readiness, petition_for, readiness, readiness_of

__all__ = ["Item", "Readiness", "petition_for", "readiness", "readiness_of"]
