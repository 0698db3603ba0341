"""The files of a results folder. Everything that reaches one is redacted here, so nothing can go around it."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import attr
from allure_commons import hookimpl

_TEXTS = {"name", "fullName", "description", "descriptionHtml", "message", "trace", "value", "url"}


class RedactedFiles:
    """Write results, containers, attachments and run-wide errors, every text in them redacted.

    `folder` is asked each time something is written; it is made when it does not exist. A file appears whole or not at
    all, so several processes may write into one folder and a kill leaves no half result.
    """

    def __init__(self, folder: Callable[[], Path], redact: Callable[[str], str]) -> None:
        self._folder = folder
        self._redact = redact

    @hookimpl  # type: ignore[untyped-decorator]
    def report_result(self, result: Any) -> None:
        """Write the result of a scenario."""
        self._write_item(result)

    @hookimpl  # type: ignore[untyped-decorator]
    def report_container(self, container: Any) -> None:
        """Write fixtures that belong to several results."""
        self._write_item(container)

    @hookimpl  # type: ignore[untyped-decorator]
    def report_globals(self, globals_item: Any) -> None:
        """Write errors and attachments that belong to the run."""
        self._write_item(globals_item)

    @hookimpl  # type: ignore[untyped-decorator]
    def report_attached_data(self, body: str | bytes, file_name: str) -> None:
        """Write an attachment."""
        self._write(file_name, self._clean(body))

    @hookimpl  # type: ignore[untyped-decorator]
    def report_attached_file(self, source: str, file_name: str) -> None:
        """Copy a file as an attachment."""
        self._write(file_name, self._clean(Path(source).read_bytes()))

    def _write_item(self, item: Any) -> None:
        redact_item(item, self._redact)
        filled = attr.asdict(item, filter=lambda _, value: value or value is False)
        text = json.dumps(filled, ensure_ascii=False)
        self._write(item.file_pattern.format(prefix=uuid4()), text.encode("utf-8", "replace"))

    def _write(self, name: str, content: bytes) -> None:
        folder = self._folder()
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"{name}.tmp"
        draft.write_bytes(content)
        os.replace(draft, folder / name)

    def _clean(self, body: str | bytes) -> bytes:
        try:
            text = body if isinstance(body, str) else body.decode("utf-8")
        except UnicodeDecodeError:
            return bytes(body)  # type: ignore[arg-type]  # an image, a PDF: no text to redact
        return self._redact(text).encode("utf-8", "replace")


def redact_item(item: Any, redact: Callable[[str], str]) -> None:
    """Redact an object of Allure's model in place, with all that it holds; identifiers and file names stay."""
    for field in attr.fields(type(item)):
        value = getattr(item, field.name)
        if isinstance(value, str) and field.name in _TEXTS:
            setattr(item, field.name, redact(value))
        elif field.name == "titlePath":
            setattr(item, field.name, [redact(part) for part in value])
        elif isinstance(value, list):
            for part in value:
                if attr.has(type(part)):
                    redact_item(part, redact)
        elif attr.has(type(value)):
            redact_item(value, redact)
