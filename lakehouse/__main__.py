"""What `python -m lakehouse` runs: the command `lakehouse`."""

from runpy import run_module

run_module("lakehouse.cli", run_name="__main__", alter_sys=True)
