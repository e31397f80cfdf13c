"""The demonstration: a notebook with invented people, and the dossiers drawn from it. Must not hold a real name or place of anybody."""

from desktop.demo.build import make_demonstration

__all__ = ["make_demonstration"]
