"""The evidence package for a court: original files with what proves since when the notebook has held them. Must not judge consent."""

from storage.evidence.package import EvidencePackage, export_evidence

__all__ = ["EvidencePackage", "export_evidence"]
