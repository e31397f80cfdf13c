"""The folder build: what goes into it, how it is gathered, started and listed. Standard library only."""
