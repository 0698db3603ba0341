"""Downloads of a model hub as somebody watches them, made up for tests."""

import json
from dataclasses import replace
from typing import Any

from countersign.systems.modelhub.model import MB, Progress, read_progress
from countersign.systems.modelhub.seen import Look, Seen
from countersign.systems.modelhub.sent import PublishedFile, Sent, SentFile
from countersign.systems.modelhub.socket import Frame
from countersign.transport.answer import Answer

from .telling import answer

WEIGHT = "weight"


def progress(status: str = "downloading", megabytes: float = 1.0, total: float = 6.0, **more: Any) -> Progress:
    """Make the progress of a download."""
    percent = 100.0 if status == "completed" else min(99.9, 100 * megabytes / total)
    told = {
        "download_id": "d1",
        "model_id": "m",
        "status": status,
        "progress": percent,
        "progress_percent": percent,
        "downloaded_mb": megabytes,
        "total_mb": total,
        "speed_mbps": 8 * MB / 1_000_000,
        "eta_seconds": None,
        "retry_count": 0,
        "total_retries": 0,
        "guidance": [],
        "priority": "medium",
    }
    return read_progress({**told, **more})


def look(at: float, told: Progress, sent: int | None = None) -> Look:
    """Make a look that takes a hundredth of a second; what was sent is what arrived, if not told otherwise."""
    size = round(told.downloaded_mb * MB) if sent is None else sent
    return Look(at, at + 0.01, told, size, size)


def steady(seconds: int = 6, every: float = 0.2, mb_per_second: float = 1.0) -> Seen:
    """Make a download that arrives evenly."""
    count, total = round(seconds / every), seconds * mb_per_second
    looks = [
        look(number * every, progress("downloading", number * every * mb_per_second, total, eta_seconds=left))
        for number in range(count)
        for left in [seconds - number * every]
    ]
    published = (PublishedFile(WEIGHT, round(total * MB), "right"),)
    sent = Sent({WEIGHT: SentFile(1, 0, round(total * MB), (), 0.0)})
    return Seen("m", (*looks, look(float(seconds), progress("completed", total, total))), (), sent, published)


def altered(seen: Seen, number: int, **more: Any) -> Seen:
    """Change what one look of a download told."""
    looks = list(seen.looks)
    changed = read_progress({**looks[number].progress.raw, **more})
    looks[number] = replace(looks[number], progress=changed)
    return replace(seen, looks=tuple(looks))


def frame(kind: str, **data: Any) -> Frame:
    """Make a frame of the socket with topics."""
    return Frame(kind, data, "1", 0.0, {})


def said(status: int, **told: Any) -> Answer:
    """Make an answer of the hub."""
    return answer(status, json.dumps(told).encode(), content_type="application/json")
