"""Matcher for downloads that have to go on while something else is looked at."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.model import Progress


@dataclass(frozen=True)
class Moving:
    """A download before and after something."""

    before: Progress
    after: Progress


class WentOn(Lacking[Moving]):
    """See `went_on`."""

    expected = "a download that runs at the beginning and at the end, and moves meanwhile"

    def lack(self, item: Moving) -> str:
        """Say how it stood."""
        before, after = item.before, item.after
        running = before.status == after.status == "downloading" and before.download_id == after.download_id
        if running and after.downloaded_mb > before.downloaded_mb:
            return ""
        return (
            f"that of {before.model_id} was {before.status} with {before.downloaded_mb:g} MB and then {after.status} "
            f"with {after.downloaded_mb:g} MB"
        )


def went_on() -> WentOn:
    """Match a download that was running all the time."""
    return WentOn()
