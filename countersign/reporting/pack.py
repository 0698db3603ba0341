"""The sign-off pack of a run: read its journal, judge it once, write every report into its folder."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from countersign.catalogue import Catalogue
from countersign.errors import SuiteError
from countersign.ledger import load_waivers
from countersign.reporting import changes as changes_
from countersign.reporting import junit, page
from countersign.reporting import signoff as signoff_
from countersign.reporting.files import hashes, write_sums, write_text
from countersign.reporting.kills import KillMatrix, load_kills
from countersign.reporting.steadiness import Steadiness, newest_runs, steadiness
from countersign.verdict.judge import judge
from countersign.verdict.records import Record, from_json
from countersign.verdict.results import Verdict
from countersign.verdict.waivers import Waiver

JOURNAL = "journal.jsonl"
KILLS = Path("latest-proof") / "kill-matrix.json"


@dataclass(frozen=True)
class Pack:
    """Where the files of a pack were written."""

    html: Path
    json: Path
    junit: Path
    sums: Path


def render(
    run_folder: Path,
    catalogue: Catalogue,
    *,
    accept: Literal["green", "yellow"] = "green",
    waivers: Sequence[Waiver] | None = None,
    today: date | None = None,
    history: Path | None = None,
    kill_matrix: Path | None = None,
) -> Verdict:
    """Judge the run in the folder and write its pack; works on whatever the journal holds, also after SIGKILL.

    `waivers` are those of the project's ledger unless given. `history` is the `signoff.json` to compare with and
    `kill_matrix` the matrix to show; unless given they are looked for beside the run. Raises SuiteError if the folder
    holds no journal, or if the ledger is out of form.
    """
    records, faults = read_journal(run_folder)
    verdict = judge(
        records,
        catalogue.criteria,
        accept=accept,
        waivers=load_waivers() if waivers is None else waivers,
        today=today,
        duties=[duty.id for duty in catalogue.duties],
        problems=faults,
    )
    write_pack(verdict, catalogue, run_folder, history=history, kill_matrix=kill_matrix)
    return verdict


def read_journal(run_folder: Path) -> tuple[list[Record], list[str]]:
    """Read the records of a run, and name every line that cannot be read (a run that was killed may cut the last)."""
    path = run_folder / JOURNAL
    if not path.is_file():
        raise SuiteError(f"There is no run in {run_folder}: it holds no {JOURNAL}.")
    lines = path.read_bytes().split(b"\n")
    records: list[Record] = []
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            records.append(_record(line))
        except ValueError as error:
            if number == len(lines):
                faults.append(
                    f"The last line of the journal (line {number}) is cut off: the run was killed in mid-word."
                )
            else:
                faults.append(f"Line {number} of the journal cannot be read: {error}.")
    return records, faults


def write_pack(
    verdict: Verdict,
    catalogue: Catalogue,
    folder: Path,
    *,
    history: Path | None = None,
    kill_matrix: Path | None = None,
) -> Pack:
    """Write `signoff.html`, `signoff.json`, `junit.xml` and `SHA256SUMS`; the page can be printed on A4.

    An earlier run or a kill matrix that cannot be read is named on the page; it never keeps the page from being
    written.
    """
    junit_path = junit.write_junit(verdict, folder)
    evidence = hashes(folder, (JOURNAL, junit.NAME, *_other_evidence(verdict)))
    json_path = signoff_.write_signoff(verdict, evidence, folder)
    evidence = {signoff_.NAME: hashes(folder, (signoff_.NAME,))[signoff_.NAME], **evidence}
    notes: list[str] = []
    extras = page.Extras(
        evidence=evidence,
        changes=_changes(history or changes_.earlier_signoff(folder, verdict), verdict, notes),
        kills=_kills(kill_matrix or folder.parent / KILLS, verdict, notes, asked_for=kill_matrix is not None),
        steadiness=_steadiness(folder, verdict, notes),
        notes=tuple(notes),
    )
    html_path = write_text(folder / page.NAME, page.page(verdict, catalogue, extras))
    sums = hashes(folder, (page.NAME,))
    return Pack(html_path, json_path, junit_path, write_sums(folder, {page.NAME: sums[page.NAME], **evidence}))


def _record(line: bytes) -> Record:
    content: Any = json.loads(line.decode("utf-8"))
    if not isinstance(content, Mapping):
        raise ValueError("it holds no record")
    return from_json(content)


def _other_evidence(verdict: Verdict) -> tuple[str, ...]:
    """Name evidence of scenarios that does not lie below `evidence/`."""
    names = {scenario.evidence for scenario in verdict.scenarios if scenario.evidence}
    inside = {name for name in names if not Path(name).is_absolute() and ".." not in Path(name).parts}
    return tuple(sorted(name for name in inside if not name.startswith("evidence/")))


def _changes(path: Path | None, verdict: Verdict, notes: list[str]) -> changes_.Changes | None:
    if path is None:
        return None
    try:
        return changes_.compare(json.loads(path.read_text(encoding="utf-8")), verdict)
    except (OSError, ValueError, KeyError, TypeError) as error:
        notes.append(f"The earlier run could not be compared: {path.name} cannot be read ({type(error).__name__}).")
        return None


def _steadiness(folder: Path, verdict: Verdict, notes: list[str]) -> Steadiness | None:
    earlier = newest_runs(folder, verdict)
    if not earlier:
        return None
    try:
        return steadiness(earlier, verdict)
    except (KeyError, TypeError) as error:
        notes.append(f"The newest runs could not be laid side by side ({type(error).__name__}: {error}).")
        return None


def _kills(path: Path, verdict: Verdict, notes: list[str], *, asked_for: bool) -> KillMatrix | None:
    if not path.exists() and not asked_for:
        return None
    try:
        return load_kills(path, list(verdict.systems))
    except SuiteError as error:
        notes.append(f"The kill matrix is not shown: {error}.")
        return None
