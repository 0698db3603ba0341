"""A run as an owner might meet it: the real ChatTrain catalogue, a few refuted and open criteria, figures with series.

`python -m reporting.samples FOLDER` (from `tests/`, with the project on the path) writes it and its pack for the eye.
"""

import json
import math
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from verdict.runs import RunBuilder

from countersign.catalogue import Catalogue, load_catalogue
from countersign.paths import CRITERIA
from countersign.reporting.pack import JOURNAL, render
from countersign.verdict.records import LeftBehind, Record, SystemOpened, to_json

REFUTED = {
    "CT-RESIL-02": (
        "Then the answer that was on its way is there",
        "expected the pending answer within 10 s after rejoining, waited 10.00 s; last seen: session_start",
    ),
    "CT-FEEDBACK-06": (
        "Then no comment contradicts its score",
        "expected no praise below 50 points, but “Great job! <b>42</b> points” praises",
    ),
}
MISSING = {"pilot-page": "no browser was found; install Chromium or name one", "metrics": "GET /metrics answers 404"}
FIGURES: dict[str, list[dict[str, Any]]] = {
    "CT-PERF-01": [
        {
            "name": "API answer time",
            "value": 0.412,
            "unit": "s",
            "samples": 240,
            "required_samples": 200,
            "limit": 3.0,
            "relation": "below",
            "statistic": "95th percentile",
            "load": "1 and 5 users",
        }
    ],
    "CT-PERF-02": [
        {
            "name": "time to the customer's reply",
            "value": 2.84,
            "unit": "s",
            "samples": 40,
            "required_samples": 40,
            "limit": 3.0,
            "relation": "below",
            "statistic": "maximum",
            "load": "1 and 5 users",
        },
        {
            "name": "time to the customer's reply",
            "value": 1.13,
            "unit": "s",
            "samples": 40,
            "required_samples": 40,
            "limit": 2.0,
            "relation": "below",
            "statistic": "mean",
            "load": "1 and 5 users",
        },
        {
            "name": "time to the feedback",
            "value": 1.18,
            "unit": "s",
            "samples": 40,
            "statistic": "mean",
            "limit": None,
            "relation": "reported",
        },
    ],
    "CT-SEC-05": [
        {
            "name": "accepted messages of 30 within 10 s",
            "value": 24,
            "unit": "messages",
            "samples": 30,
            "limit": 20.0,
            "limit_to": 25.0,
            "relation": "between",
            "statistic": "count",
            "load": "1 user",
        }
    ],
    "CT-LOAD-05": [
        {
            "name": "failed operations",
            "value": 1.2,
            "unit": "%",
            "samples": 310,
            "required_samples": 500,
            "limit": 5.0,
            "relation": "below",
            "statistic": "share",
            "load": "5 users",
        }
    ],
}
KILLS = {
    "faults": [
        {
            "name": "frames-shuffled",
            "system": "chattrain",
            "criteria": ["CT-CHAT-02"],
            "outcome": "KILLED",
            "by": ["Every message earns a receipt, an answer and a score"],
            "reason": "",
            "what": "about every third exchange sends feedback before the answer",
        },
        {
            "name": "generous-marker",
            "system": "chattrain",
            "criteria": ["CT-FEEDBACK-01", "CT-FEEDBACK-02"],
            "outcome": "SHARED",
            "by": ["Poor answers get poor scores"],
            "reason": "",
        },
        {
            "name": "score-drifts",
            "system": "chattrain",
            "criteria": ["CT-FEEDBACK-05"],
            "outcome": "SURVIVED",
            "by": [],
            "reason": "2 scenarios passed although the fault was in",
        },
        {"name": "lost-ack", "system": "grizz", "criteria": ["GZ-CHAT-01"], "outcome": "KILLED", "by": ["x"]},
    ]
}


def pilot_run(folder: Path, *, refuted: bool = True, browser: bool = False) -> tuple[RunBuilder, Catalogue]:
    """Build a whole ChatTrain run with its evidence files in the folder."""
    catalogue = load_catalogue(CRITERIA)
    dice = random.Random(7)
    run = RunBuilder("chattrain")
    missing = {} if browser else MISSING
    run.openings = [
        SystemOpened("chattrain", "http://127.0.0.1:41873", ("scripted-ai", "history"), missing, version="1.0.0")
    ]
    (folder / "evidence").mkdir(parents=True, exist_ok=True)
    for number, criterion in enumerate(each for each in catalogue.criteria if each.system == "chattrain"):
        name = f"evidence/rules-{number:03}.html"
        (folder / name).write_text(f"<p>What was said for {criterion.id}</p>", encoding="utf-8")
        lacking = [need for need in criterion.needs if need in missing]
        given: dict[str, Any] = {
            "name": criterion.title.split(" - ")[0].split(",")[0].rstrip("."),
            "evidence": name,
            "seconds": round(dice.uniform(0.2, 9), 2),
            "figures": [_with_series(each, dice) for each in FIGURES.get(criterion.id, ())],
        }
        if lacking:
            given |= {
                "outcome": "not_verified",
                "reason": f"the target lacks {lacking[0]} ({missing[lacking[0]]})",
            }
        elif refuted and criterion.id in REFUTED:
            given |= {
                "outcome": "failed",
                "step": REFUTED[criterion.id][0],
                "reason": REFUTED[criterion.id][1],
            }
        run.scenario(criterion.id, **given)
    run.events.append(
        LeftBehind("chattrain", "training sessions of users marked 4f2a", 61, "the system offers no way to remove them")
    )
    return run, catalogue


def _with_series(figure: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    if figure["unit"] != "s":
        return figure
    middle = figure["value"] / (1 if figure["statistic"] == "mean" else 2)
    series = tuple(round(middle * math.exp(dice.gauss(0, 0.28)), 3) for _ in range(min(40, figure["samples"])))
    return {**figure, "series": series}


def write_journal(folder: Path, records: list[Record]) -> Path:
    """Write the records as the journal of a run."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / JOURNAL
    path.write_text("".join(json.dumps(to_json(record)) + "\n" for record in records), encoding="utf-8")
    return path


def two_runs(out: Path) -> Path:
    """Write an earlier run, a proof and the run to look at; give the folder of the last one."""
    earlier, later = out / "20261119-090000-aaaa", out / "20261120-120000-abcd"
    for folder, refuted, browser in ((earlier, False, True), (later, True, False)):
        run, catalogue = pilot_run(folder, refuted=refuted, browser=browser)
        run.opened = replace(run.opened, run_id=folder.name)
        write_journal(folder, run.records())
        (out / "latest-proof").mkdir(exist_ok=True)
        (out / "latest-proof" / "kill-matrix.json").write_text(json.dumps(KILLS), encoding="utf-8")
        render(folder, catalogue, waivers=())
    return later


if __name__ == "__main__":
    print(two_runs(Path(sys.argv[1])))
