"""Put the evidence of a scenario on disk: its transcript and whatever its steps attached."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from countersign.reporting.transcript import Picture, transcript_html
from countersign.suite.stage import Stage
from countersign.verdict.records import Ended

_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "text/html": "html",
    "text/plain": "txt",
    "application/json": "json",
}


def write_evidence(folder: Path, stage: Stage, ended: Ended) -> Ended:
    """Write `evidence/<feature>-<line>.html` and the attachments beside it; give the record with the path in it."""
    evidence = folder / "evidence"
    evidence.mkdir(exist_ok=True)
    name = re.sub(r"[^a-z0-9]+", "-", f"{Path(stage.planned.file).stem} {stage.planned.line}".lower())
    page = evidence / f"{name}.html"
    meta = {
        "Feature": stage.planned.feature,
        "Criteria": ", ".join(stage.planned.criteria),
        "Ended in": ended.step,
        "Ended": ended.at,
    }
    page.write_text(
        transcript_html(
            stage.recorder.entries(),
            title=stage.planned.name,
            outcome=ended.outcome,
            reason=ended.reason,
            ended_at=datetime.fromisoformat(ended.at),
            meta={label: text for label, text in meta.items() if text},
            pictures=[Picture(*attached) for attached in stage.attachments if attached[2].startswith("image/")],
        ),
        encoding="utf-8",
    )
    for number, (label, body, mime) in enumerate(stage.attachments, 1):
        slug = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")
        (evidence / f"{name}-{number}-{slug}.{_ENDINGS.get(mime, 'bin')}").write_bytes(body)
    return replace(ended, evidence=page.relative_to(folder).as_posix())
