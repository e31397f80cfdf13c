"""Recordings: sealed segments written by the recorder, commands to it, and taking in. Must not know microphones or windows."""
