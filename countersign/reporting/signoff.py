"""`signoff.json`: the verdict for other tools. Every value is taken from the verdict; nothing is computed anew."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from countersign.reporting.files import write_text
from countersign.verdict.records import Measured
from countersign.verdict.results import CriterionVerdict, ScenarioVerdict, Verdict

NAME = "signoff.json"


def signoff(verdict: Verdict, evidence: Mapping[str, str]) -> dict[str, Any]:
    """Give the content of `signoff.json`; `evidence` holds the SHA-256 of files by their path in the run's folder."""
    run = verdict.run
    return {
        "run": {
            "id": run.run_id,
            "started_at": run.started_at,
            "closed_at": verdict.closed_at,
            "interrupted": verdict.interrupted,
            "target": run.target,
            "arguments": list(run.arguments),
            "revision": run.revision,
            "suite_version": run.suite_version,
            "settings": dict(run.settings or {}),
            "accept": verdict.accept,
            "systems": {
                name: {"url": system.url, "version": system.version, "problem": system.problem}
                for name, system in (verdict.opened or {}).items()
            },
        },
        "verdict": verdict.overall,
        "headline": verdict.headline,
        "exit_code": verdict.exit_code,
        "problems": list(verdict.problems),
        "systems": {
            name: {
                "verified": system.verified,
                "refuted": system.refuted,
                "not_verified": system.not_verified,
                "share": round(system.share, 6),
                "band": system.band,
                "why": system.why,
                "waived": system.waived,
            }
            for name, system in verdict.systems.items()
        },
        "criteria": [_criterion(criterion) for criterion in verdict.criteria],
        "scenarios": [_scenario(scenario) for scenario in verdict.scenarios],
        "left_behind": [asdict(entry) for entry in verdict.left_behind],
        "evidence": dict(evidence),
    }


def write_signoff(verdict: Verdict, evidence: Mapping[str, str], folder: Path) -> Path:
    """Write `signoff.json` into the run's folder."""
    text = json.dumps(_plain(signoff(verdict, evidence)), indent=1, ensure_ascii=False, allow_nan=False)
    return write_text(folder / NAME, text + "\n")


def _criterion(criterion: CriterionVerdict) -> dict[str, Any]:
    waiver = criterion.waiver
    return {
        "id": criterion.id,
        "system": criterion.system,
        "title": criterion.title,
        "kind": criterion.kind,
        "must": criterion.must,
        "status": criterion.status,
        "reason": criterion.reason,
        "in_run": criterion.in_run,
        "scenarios": list(criterion.scenarios),
        "measurements": [_figure(figure) for figure in criterion.measurements],
        "waiver": None if waiver is None else {**asdict(waiver), "until": waiver.until.isoformat()},
    }


def _scenario(scenario: ScenarioVerdict) -> dict[str, Any]:
    return {
        "key": scenario.key,
        "name": scenario.name,
        "feature": scenario.feature,
        "file": scenario.file,
        "line": scenario.line,
        "system": scenario.system,
        "criteria": list(scenario.criteria),
        "outcome": scenario.outcome,
        "reason": scenario.reason,
        "step": scenario.step,
        "seconds": scenario.seconds,
        "ended": scenario.ended,
        "evidence": scenario.evidence,
    }


def _figure(figure: Measured) -> dict[str, Any]:
    values = asdict(figure)
    return {name: value for name, value in values.items() if name not in ("key", "criteria", "series")}


def _plain(value: Any) -> Any:
    """Make JSON of it: a figure that is not a number becomes null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
