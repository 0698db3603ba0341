"""Matchers for documents: complete, of the kind they claim to be, and not sent twice."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.model import Document
from countersign.transport.answer import Answer

PDF, MARKDOWN = "application/pdf", "text/markdown"
KINDS = {".pdf": PDF, ".md": MARKDOWN}
_QUOTED = re.compile(r'"[^"]+"')


@dataclass(frozen=True)
class Opened:
    """A listed document of a training, and the answer to asking for it."""

    training: str
    document: Document
    answer: Answer

    @property
    def kind(self) -> str:
        """The kind its name promises (empty if it promises none that is judged)."""
        return next((kind for suffix, kind in KINDS.items() if self.document.filename.lower().endswith(suffix)), "")


class PdfAndMarkdown(Lacking[Sequence[Opened]]):
    """See `a_pdf_and_a_markdown_text`."""

    def __init__(self, at_least: int, trainings: Sequence[str]) -> None:
        self.at_least, self.trainings = at_least, trainings
        self.expected = f"at least {at_least} documents in every training, a PDF and a Markdown text among them"

    def lack(self, item: Sequence[Opened]) -> str:
        """Name the training that offers too little."""
        for training in self.trainings:
            own = [opened for opened in item if opened.training == training]
            if len(own) < self.at_least or not {PDF, MARKDOWN} <= {opened.kind for opened in own}:
                return f"{training} offers {', '.join(opened.document.filename for opened in own) or 'none'}"
        return "" if self.trainings else "no training was looked at"


def a_pdf_and_a_markdown_text(at_least: int, trainings: Sequence[str]) -> PdfAndMarkdown:
    """Match documents of which each of these trainings has at least so many, a PDF and a Markdown text among them."""
    return PdfAndMarkdown(at_least, trainings)


class Complete(Lacking[Opened]):
    """See `complete`."""

    expected = "a document that arrives as long as its list and its label say"

    def lack(self, item: Opened) -> str:
        """Say which length differs."""
        name, answer, length = item.document.filename, item.answer, len(item.answer.body)
        if answer.status != 200:
            return f"{name} was answered {answer.status}: {answer.beginning()!r}"
        if length != item.document.size:
            return f"{name} came with {length} bytes, the list says {item.document.size}"
        label = answer.headers.get("content-length", "")
        return "" if label == str(length) and length else f"{name} came with {length} bytes, its label says {label!r}"


def complete() -> Complete:
    """Match a document that opened with as many bytes as its list and its Content-Length say."""
    return Complete()


class Readable(Lacking[Opened]):
    """See `readable`."""

    expected = "a PDF that a viewer can open, or Markdown that arrives as text to read"

    def lack(self, item: Opened) -> str:
        """Say what keeps people from reading it."""
        name, answer = item.document.filename, item.answer
        if item.kind and answer.content_type != item.kind:
            return f"{name} came as {answer.content_type or 'nothing in particular'}"
        if answer.headers.get("content-disposition", "inline").strip().lower().startswith("attachment"):
            return f"{name} came as a forced download"
        if item.kind == PDF and not answer.body.startswith(b"%PDF-"):
            return f"{name} does not begin as a PDF: {answer.body[:8]!r}"
        if item.kind == PDF and not answer.body.rstrip().endswith(b"%%EOF"):
            return f"{name} does not end as a PDF (%%EOF): its last bytes are {answer.body[-8:]!r}"
        return "" if item.kind == PDF or answer.text.strip() else f"{name} is an empty text"


def readable() -> Readable:
    """Match a document that came whole in its kind and to be read, not saved."""
    return Readable()


@dataclass(frozen=True)
class AskedAgain:
    """A document that was opened, opened once more, asked for with its mark (ETag), and only looked at (HEAD)."""

    opened: Opened
    again: Answer
    unchanged: Answer
    looked_at: Answer

    @property
    def mark(self) -> str:
        """The mark it first came with."""
        return self.opened.answer.headers.get("etag", "")


class NotSentTwice(Lacking[AskedAgain]):
    """See `not_sent_twice`."""

    expected = "a document that keeps its mark and is not sent again to who shows it"

    def lack(self, item: AskedAgain) -> str:
        """Say what was sent again."""
        name, second = item.opened.document.filename, item.again.headers.get("etag", "")
        if not _QUOTED.fullmatch(item.mark):
            return f"{name} has the mark {item.mark!r}, expected one in quotes"
        if second != item.mark:
            return f"{name} changed its mark without having changed: {item.mark} became {second or 'none'}"
        if item.unchanged.status != 304 or item.unchanged.body:
            return f"{name} was sent again ({item.unchanged.status}, {len(item.unchanged.body)} bytes)"
        return ""


def not_sent_twice() -> NotSentTwice:
    """Match a document with a stable, quoted mark, which is answered with nothing when it is shown."""
    return NotSentTwice()


class LookedAt(Lacking[AskedAgain]):
    """See `to_be_looked_at`."""

    expected = "a document that can be looked at without fetching it"

    def lack(self, item: AskedAgain) -> str:
        """Say what the look brought."""
        answer = item.looked_at
        if answer.status == 200 and not answer.body:
            return ""
        return f"the look at {item.opened.document.filename} was answered {answer.status} with {len(answer.body)} bytes"


def to_be_looked_at() -> LookedAt:
    """Match a document whose HEAD is answered well and without a body."""
    return LookedAt()
