"""Judge a model's health from what was verified and what lies there now (contract 6.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reference.modelhub.models.folder import Seen
from reference.modelhub.models.hashing import DENIED, DISK, INCOMPLETE, INVALID, MISMATCH, MISSING, OK, UNVERIFIED

WEIGHTS_OF_STATUS = {"healthy": 1.0, "degraded": 0.7, "corrupted": 0.3, "missing": 0.1, "unknown": 0.1}
SEVERITY = {MISSING: "critical", MISMATCH: "high", INVALID: "medium"}

_WORDS = {
    MISSING: "is missing",
    MISMATCH: "does not have the published checksum",
    INCOMPLETE: "is incomplete",
    INVALID: "cannot be read in its format",
    DENIED: "may not be read",
    DISK: "cannot be read from the disk",
    UNVERIFIED: "was changed and is not verified yet",
}


@dataclass(frozen=True)
class KnownFile:
    """A file as it was verified last. `size` is the published one in bytes, None for a local model."""

    path: str
    state: str
    size: int | None
    seen: Seen | None


@dataclass(frozen=True)
class Health:
    """How a model is."""

    status: str
    integrity_score: float
    issues: tuple[str, ...]
    corruption_types: tuple[str, ...]
    missing_files: tuple[str, ...]
    damaged_files: tuple[str, ...]
    unverified: bool = False

    @property
    def usable(self) -> bool:
        """Say whether every file is there and verified."""
        return self.status in ("healthy", "degraded")


class HealthJudge:
    """Judges without reading any file."""

    def judge(self, files: Sequence[KnownFile], seen: Mapping[str, Seen], left_over: Sequence[str]) -> Health:
        """Judge a model whose `files` were verified as they say, and whose folder holds `seen` now.

        `left_over` names unfinished files that no transfer needs.
        """
        if not seen or not files:
            return self._without_files(files, seen, left_over)
        states = {file.path: self.state_now(file, seen.get(file.path)) for file in files}
        bad = {path: state for path, state in states.items() if state not in (OK, UNVERIFIED)}
        unverified = [path for path, state in states.items() if state == UNVERIFIED]
        score = round(sum(state == OK for state in states.values()) / len(states), 3)
        issues = [f"{path} {_WORDS[state]}." for path, state in states.items() if state != OK]
        kinds = list(dict.fromkeys(bad.values()))
        if bad:
            status = "corrupted"
        elif unverified:
            status = "unknown"
        else:
            status = "degraded" if left_over else "healthy"
        if left_over and not bad:
            kinds.append(INCOMPLETE)
            issues += [f"{name} is a left-over of an unfinished transfer." for name in left_over]
        return Health(
            status,
            score,
            tuple(issues),
            tuple(kinds),
            tuple(path for path, state in bad.items() if state == MISSING),
            tuple(bad),
            bool(unverified),
        )

    def state_now(self, file: KnownFile, seen: Seen | None) -> str:
        """Say how a file is now: as it was verified, or what can be told without reading it."""
        if seen is None:
            return MISSING
        if file.seen is not None and seen == file.seen and file.state != MISSING:
            return file.state
        if file.size is None or file.path.endswith(".json") or seen.size == file.size:
            return UNVERIFIED
        if seen.size == 0:
            return INVALID
        return INCOMPLETE if seen.size < file.size else MISMATCH

    def _without_files(self, files: Sequence[KnownFile], seen: Mapping[str, Seen], left_over: Sequence[str]) -> Health:
        if seen and not files:
            return Health("unknown", 0.0, ("The files were not verified yet.",), (), (), (), True)
        names = tuple(file.path for file in files)
        return Health("missing", 0.0, ("No file of the model is there.",), (), names, names)


def overall_score(statuses: Sequence[str]) -> float:
    """Give the mean over all models, 0..1 with 3 decimals."""
    return round(sum(WEIGHTS_OF_STATUS[status] for status in statuses) / len(statuses), 3) if statuses else 0.0
