"""Run the proof: the reference system with one fault after the other, and the scenarios that must catch it."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from pathlib import Path

from countersign.catalogue import load_criteria
from countersign.errors import SuiteError
from countersign.paths import OUT, ROOT, system_names
from countersign.proof.ledger import Fault, load_faults
from countersign.proof.matrix import GOOD, Row, judge_fault
from countersign.suite.finish import point
from countersign.suite.journal import follow
from countersign.suite.plan import default_scenarios, systems_that_run
from countersign.suite.run import FOLDER_VARIABLE, PART_VARIABLE
from countersign.verdict.records import Ended, Planned

LATEST = "latest-proof"
WITHIN = 1200.0
"""Seconds one fault may take before its run is ended and counted as HARNESS ERROR."""


def prove(
    systems: Sequence[str],
    names: Sequence[str],
    *,
    jobs: int = 2,
    full: bool = False,
    sample: int | None = None,
    seed: int = 0,
) -> int:
    """Prove the chosen faults, print the matrix, write `kill-matrix.json`; give 0 only if every one was killed.

    Raises SuiteError for a system or fault that does not exist.
    """
    faults = choose(systems, names, sample, seed)
    loading = under_load(faults)
    folder = OUT / f"proof-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    folder.mkdir(parents=True, exist_ok=True)
    calm = [fault for fault in faults if fault not in loading]
    print(
        f"Proving {len(faults)} seeded faults, {jobs} at once, the {len(loading)} that need load last and alone; "
        "each must be caught for its stated reason.",
        flush=True,
    )
    rows: list[Row] = []
    for some, at_once in ((calm, jobs), (loading, 1)):
        with ThreadPoolExecutor(at_once) as pool:
            running = [pool.submit(_prove_one, fault, folder, full) for fault in some]
            for done in as_completed(running):
                rows.append(done.result())
                _tell(rows[-1], len(rows), len(faults))
    rows.sort(key=lambda row: faults.index(row.fault))
    _write(folder, rows)
    point(LATEST, folder)
    print(table(rows, folder))
    return 0 if all(row.outcome in GOOD for row in rows) else 1


def _tell(row: Row, number: int, of: int) -> None:
    print(f"[{number}/{of}] {row.outcome:<13} {row.seconds:5.1f} s  {row.fault.name}", flush=True)
    if row.outcome not in GOOD:
        print(f"      {row.reason}", flush=True)


def under_load(faults: Sequence[Fault]) -> list[Fault]:
    """Give those of the faults that a scenario under load has to catch: with company its figures would say nothing."""
    loaded = {name for entry in default_scenarios() if "load" in entry.tags for name in entry.criteria}
    return [fault for fault in faults if loaded & set(fault.caught_by)]


def choose(systems: Sequence[str], names: Sequence[str], sample: int | None, seed: int) -> list[Fault]:
    """Give the faults to prove, in the order of the ledgers; those of a system in the making only if asked for.

    Raises SuiteError for a name that is not there.
    """
    running = systems_that_run()
    asked = systems or [name for name in system_names() if name in running or names]
    known = [fault for system in asked for fault in load_faults(system)]
    missing = set(names) - {fault.name for fault in known}
    if missing:
        raise SuiteError(f"no fault {', '.join(sorted(missing))}; known are {', '.join(fault.name for fault in known)}")
    chosen = [fault for fault in known if not names or fault.name in names]
    if not chosen:
        raise SuiteError("there is no seeded fault to prove; is there a criteria/<system>.faults.yaml?")
    if sample and sample < len(chosen):
        # Load takes long and wants the machine for itself: neither fits a quick look.
        quick = [fault for fault in chosen if fault not in under_load(chosen)] or chosen
        drawn = random.Random(seed).sample(range(len(quick)), min(sample, len(quick)))
        chosen = [quick[index] for index in sorted(drawn)]
    return chosen


def _prove_one(fault: Fault, folder: Path, full: bool) -> Row:
    own = folder / fault.name
    own.mkdir()
    tags = f"@{fault.system}" if full else " or ".join(f"@{criterion}" for criterion in fault.caught_by)
    if fault.system not in systems_that_run():
        tags = f"({tags}) and @wip"  # a system in the making, proved because somebody asked for it
    command = [sys.executable, "-m", "behave", "features", f"--tags={tags}", f"-Dfaults={fault.system}={fault.name}"]
    begun = time.monotonic()
    with (own / "behave.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, FOLDER_VARIABLE: str(own), PART_VARIABLE: "proof"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            process.wait(WITHIN)
        except subprocess.TimeoutExpired:
            process.terminate()
            process.wait(30)
        except BaseException:
            process.terminate()
            process.wait(30)
            raise
    records, _ = follow(own, 0)
    planned = [record for record in records if isinstance(record, Planned)]
    ended = [record for record in records if isinstance(record, Ended)]
    return judge_fault(fault, planned, ended, time.monotonic() - begun, load_criteria(fault.system))


def _write(folder: Path, rows: Sequence[Row]) -> None:
    faults = [
        {
            "name": row.fault.name,
            "system": row.fault.system,
            "criteria": list(row.fault.caught_by),
            "outcome": row.outcome,
            "by": list(row.by),
            "reason": row.reason,
            "others": list(row.others),
            "what": row.fault.what,
            "seconds": round(row.seconds, 1),
        }
        for row in rows
    ]
    (folder / "kill-matrix.json").write_text(json.dumps({"faults": faults}, indent=1, ensure_ascii=False))


def table(rows: Sequence[Row], folder: Path) -> str:
    """Draw the kill matrix for the terminal."""
    width = max(len(row.fault.name) for row in rows)
    lines = ["", f"{'fault':<{width}}  {'outcome':<13}  criteria"]
    for row in rows:
        criteria = " ".join(f"{name}{'' if kill == 'KILLED' else '!'}" for name, kill in row.criteria.items())
        lines.append(f"{row.fault.name:<{width}}  {row.outcome:<13}  {criteria}")
        lines += [f"{'':<{width}}  also failed: {name}" for name in row.others]
    killed = sum(row.outcome in GOOD for row in rows)
    lines += [
        "",
        f"{killed} of {len(rows)} faults killed for their stated reason. Matrix: {folder / 'kill-matrix.json'}",
    ]
    return "\n".join(lines)
