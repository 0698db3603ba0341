"""Pages that a seeded fault has altered."""

from collections.abc import Mapping

from reference.common.pages import PageFile, PageFiles

Changes = Mapping[str, Mapping[str, str]]
"""For each file of the page: the pieces of its text that change, and what stands there instead."""


class AlteredFiles(PageFiles):
    """The healthy files, but for those in `altered` (name: content), under a policy of its own."""

    def __init__(self, healthy: PageFiles, altered: Mapping[str, bytes], policy: str) -> None:
        """Give `altered` in place of the files of `healthy`."""
        self._healthy, self._altered, self.policy = healthy, dict(altered), policy

    def find(self, name: str) -> PageFile | None:
        """Give the file `name`, altered or not."""
        found = self._healthy.find(name)
        if found is None or name not in self._altered:
            return found
        return PageFile(self._altered[name], found.media_type)


def changed(healthy: PageFiles, changes: Changes) -> dict[str, bytes]:
    """Change pieces of the healthy files. Raises ValueError for a piece that is not there exactly once any more."""
    altered = {}
    for name, pieces in changes.items():
        found = healthy.find(name)
        text = found.content.decode() if found is not None else ""
        for old, new in pieces.items():
            if text.count(old) != 1:
                raise ValueError(f"{name} of the page holds {old!r} {text.count(old)} times; mend the fault")
            text = text.replace(old, new)
        altered[name] = text.encode()
    return altered
