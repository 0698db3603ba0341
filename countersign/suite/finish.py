"""The end of a run: the verdict is computed once, every report prints it, and the exit code follows it."""

import os
import sys
from pathlib import Path
from typing import Literal, TextIO

from countersign.catalogue import load_catalogue
from countersign.paths import OUT, ROOT
from countersign.reporting.allure import AllureNotRendered, complete_results, render_allure
from countersign.reporting.pack import read_journal, render
from countersign.reporting.summary import summary
from countersign.suite.facts import facts_for
from countersign.verdict.records import Ended, Planned, Started

LATEST = "latest"
HISTORY = "allure-history.jsonl"


def finish(folder: Path, *, accept: Literal["green", "yellow"] = "green", stream: TextIO | None = None) -> int:
    """Judge the run in this folder, write all its reports, print the summary; give the exit code.

    Works on whatever the journal holds, also after the suite was killed.
    """
    out = stream or sys.__stdout__ or sys.stdout
    catalogue = load_catalogue()
    verdict = render(folder, catalogue, accept=accept)
    allure = _render_allure(folder, out)
    point(LATEST, folder)
    out.write("\n" + summary(verdict, folder, allure) + "\n")
    out.flush()
    return verdict.exit_code


def _render_allure(folder: Path, out: TextIO) -> Path | None:
    records, _ = read_journal(folder)
    results = folder / "allure-results"
    complete_results(
        results,
        [record for record in records if isinstance(record, Planned)],
        [record for record in records if isinstance(record, Ended)],
        started=[record.key for record in records if isinstance(record, Started)],
        facts=facts_for,
        root=ROOT,
    )
    try:
        return render_allure(results, folder / "allure-report", OUT / HISTORY)
    except AllureNotRendered as missing:
        out.write(f"\nNo Allure page: {missing}\n")
        return None


def point(name: str, folder: Path) -> None:
    """Let `reports/out/<name>` point to a run's folder (replaced in one move, so that it always points somewhere)."""
    if folder.parent != OUT:
        return
    link, fresh = OUT / name, OUT / f".{name}.{os.getpid()}"
    fresh.symlink_to(folder.name)
    fresh.replace(link)
