"""Own widgets, used by every screen. Must not know records, jobs or the vault."""
