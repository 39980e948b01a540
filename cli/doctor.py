"""`lakehouse doctor`."""

from dataclasses import asdict

import typer

from lakehouse.doctor import examine

from .options import AsJson, warehouse
from .output import say, say_json


def doctor(context: typer.Context, as_json: AsJson = False) -> None:
    """Check that this machine has everything that the program needs.

    Exits with 1 if something is missing.

    Example:

        lakehouse doctor
    """
    findings = []
    for finding in examine(warehouse(context)):
        findings.append(finding)
        if not as_json:
            say(f"{'ok ' if finding.good else 'BAD'} {finding.name:16}{finding.detail}")
    if as_json:
        say_json([asdict(finding) for finding in findings])
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)
