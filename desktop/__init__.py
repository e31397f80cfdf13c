"""The program: entry, command line, composition, locking, hardening. Must not decide anything about records."""
