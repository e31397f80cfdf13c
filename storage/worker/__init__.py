"""The one door to the worker processes: heavy and risky work outside the process that holds the keys.

Must not know what a job does: the program registers the jobs, this room carries them. No key ever goes to a worker.
"""

from storage.worker.pool import WorkerCrashed, Workers
from storage.worker.serving import Handler, Progress, serve

__all__ = ["Handler", "Progress", "WorkerCrashed", "Workers", "serve"]
