"""What ``python -m lakehouse.extraction`` runs: one worker, started by the pool."""

from lakehouse.extraction.protocol import run_worker
from lakehouse.extraction.worker import start

run_worker(start)
