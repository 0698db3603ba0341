"""Matchers for the files of a model: what was fetched for it, and whether its bytes are the published ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.systems.modelhub.sent import PublishedFile, Sent


class AskedOnlyFor(Lacking[Sent]):
    """See `asked_only_for`."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = set(paths)
        self.expected = f"requests at the source for {' and '.join(sorted(self.paths))} only"

    def lack(self, item: Any) -> str:
        """Name the files that were asked for needlessly, or not at all."""
        asked = {path for path, file in item.files.items() if file.requests}
        if asked - self.paths:
            return f"{', '.join(sorted(asked - self.paths))} was fetched again too"
        return f"{', '.join(sorted(self.paths - asked))} was not fetched" if self.paths - asked else ""


def asked_only_for(paths: Sequence[str]) -> AskedOnlyFor:
    """Match what the source sent of a model if it was asked for exactly these files."""
    return AskedOnlyFor(paths)


class AsPublished(Lacking[Mapping[str, str]]):
    """See `as_published`."""

    def __init__(self, published: Sequence[PublishedFile]) -> None:
        self.wanted = {file.path: file.sha256 for file in published}
        self.expected = f"all {len(self.wanted)} files with exactly the published bytes"

    def lack(self, item: Any) -> str:
        """Name the files that are missing or differ."""
        wrong = sorted(path for path, digest in self.wanted.items() if item.get(path) != digest)
        states = [f"{path} is {'damaged' if path in item else 'missing'}" for path in wrong]
        return ", ".join(states)


def as_published(published: Sequence[PublishedFile]) -> AsPublished:
    """Match the SHA-256 of a model's files, by name, if they are the published ones."""
    return AsPublished(published)
