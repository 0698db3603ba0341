"""Why a file could not be fetched, and whether trying again may help (contract 6.1)."""

TEMPORARY = frozenset({"source_unreachable", "source_error", "timeout", "checksum_mismatch"})


class Failure(Exception):
    """A file was not fetched. `reason` is one of contract 3.3; `retry_after` what the source asked for, in seconds."""

    def __init__(self, reason: str, *, temporary: bool | None = None, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.temporary = reason in TEMPORARY if temporary is None else temporary
        self.retry_after = retry_after


def of_status(status: int, retry_after: str) -> Failure:
    """Give the failure that a status of the source means."""
    if status in (404, 410):
        return Failure("not_found")
    temporary = status in (408, 429) or status >= 500
    try:
        wait = max(0.0, float(retry_after))
    except ValueError:
        wait = 0.0
    return Failure("source_error", temporary=temporary, retry_after=min(wait, 3600.0))
