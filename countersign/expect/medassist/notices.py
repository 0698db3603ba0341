"""Matchers for the notices that nurses get: which ones there have to be, and each of them once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.medassist.socket import Frame

DECIDED = "reviewed"


@dataclass(frozen=True)
class Announced:
    """The notices one reader was shown, and the reports that came into being, and were decided, meanwhile."""

    reader: str
    notices: Sequence[Frame]
    reports: Sequence[str]
    decided: Sequence[str]


class EachOnce(Lacking[Announced]):
    """See `each_announced_once`."""

    expected = "one notice of every new report, of every red flag and of every decision"

    def lack(self, item: Announced) -> str:
        """Name the first report that was not announced, or more than once."""
        if not item.reports or not item.decided:
            return "there were no reports or no decisions to announce"
        for what, reports, seen in (
            ("the new report", item.reports, _of(item.notices, "new_par")),
            ("the red flag of report", item.reports, _of(item.notices, "red_flag_alert")),
            ("the decision on report", item.decided, _of(item.notices, "par_update", status=DECIDED)),
        ):
            for report in reports:
                if seen[report] != 1:
                    return f"{item.reader} had {seen[report]} notices of {what} {report}"
        return ""


def _of(notices: Sequence[Frame], kind: str, **payload: str) -> Counter[str]:
    return Counter(str(notice.payload.get("par_id")) for notice in notices if notice.says(kind, **payload))


def each_announced_once() -> EachOnce:
    """Match what a reader was shown if every report, red flag and decision was announced to them exactly once."""
    return EachOnce()
