"""Decide whether a trainee's line may enter the conversation."""

from collections.abc import Mapping
from typing import Any

from reference.chattrain import jsontext


class LineRefused(Exception):
    """The line breaks a rule; the message tells the trainee which."""


class Validator:
    """Checks a `user_message` before anything else is done with it."""

    def __init__(self, longest: int, largest_metadata: int) -> None:
        """Accept lines of at most `longest` characters and metadata of at most `largest_metadata` as JSON."""
        self._longest = longest
        self._largest_metadata = largest_metadata

    def line_of(self, frame: Mapping[str, Any]) -> str:
        """Give the trainee's line, character for character. Raises LineRefused."""
        content = frame.get("content")
        if not isinstance(content, str):
            raise LineRefused("A message needs a text as its content.")
        if not content.strip():
            raise LineRefused("A message must not be empty.")
        if len(content) > self._longest:
            raise LineRefused(f"A message may hold at most {self._longest} characters.")
        if jsontext.has_unpaired_surrogate(content):
            raise LineRefused("The message holds a broken character.")
        self._check_metadata(frame)
        return content

    def _check_metadata(self, frame: Mapping[str, Any]) -> None:
        if "metadata" not in frame:
            return
        metadata = frame["metadata"]
        if not isinstance(metadata, dict):
            raise LineRefused("The metadata of a message must be an object.")
        if len(jsontext.write(metadata)) > self._largest_metadata:
            raise LineRefused(f"The metadata of a message may hold at most {self._largest_metadata} characters.")
