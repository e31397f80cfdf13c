"""Backups: three rolling ones inside the container, a copy of the whole folder, and the way back. Must not judge records."""
