"""Matchers for the documents beside the chat: one tab each, and the content that the system serves."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.chattrain.documents import KINDS, MARKDOWN, PDF
from countersign.expect.lacking import Lacking
from countersign.systems.chattrain.model import Document
from countersign.systems.chattrain.page_model import DocumentShown


@dataclass(frozen=True)
class DocumentTabs:
    """The names of the tabs, and the documents the system lists for the training."""

    names: tuple[str, ...]
    listed: tuple[Document, ...]


class OneTabEach(Lacking[DocumentTabs]):
    """See `one_tab_each`."""

    expected = "one tab for every document of the training, a PDF and a Markdown text among them"

    def lack(self, item: DocumentTabs) -> str:
        """Say which tabs there are instead."""
        listed = [document.title or document.filename for document in item.listed]
        kinds = {kind_of(document) for document in item.listed}
        own = [[name for name in item.names if named(name, document)] for document in item.listed]
        if len(item.names) != len(item.listed) or any(len(names) != 1 for names in own):
            return f"the page has the tabs {_named(item.names)}; the system lists the documents {_named(listed)}"
        return "" if {PDF, MARKDOWN} <= kinds else f"the system lists {_named(listed)} only"


def one_tab_each() -> OneTabEach:
    """Match tabs that are the documents of the training, none missing and none made up."""
    return OneTabEach()


@dataclass(frozen=True)
class ReadBeside:
    """A document on the page (`file` is what the panel embeds, if anything), and what the system serves for it."""

    document: Document
    shown: DocumentShown
    file: bytes
    served: bytes


class ShowingTheServedDocument(Lacking[ReadBeside]):
    """See `showing_the_served_document`."""

    expected = "a document on the page that is the one the system serves"

    def lack(self, item: ReadBeside) -> str:
        """Say how what is shown differs from what is served."""
        name = item.document.filename
        if kind_of(item.document) == PDF:
            return f"{name}: {wrong}" if (wrong := _wrong_file(item)) else ""
        served, shown = words_of(plain_text(item.served.decode("utf-8", "replace"))), words_of(item.shown.text)
        if not served:
            return f"{name}: the system serves no text"
        place = next((at for at, pair in enumerate(zip(served, shown, strict=False)) if pair[0] != pair[1]), -1)
        if place >= 0:
            return f"{name}: the page shows {_around(shown, place)} where the system serves {_around(served, place)}"
        return "" if len(served) == len(shown) else f"{name}: {len(shown)} words are shown, {len(served)} are served"


def showing_the_served_document() -> ShowingTheServedDocument:
    """Match a document that the page shows as it is served: the same file embedded, or the same words as text."""
    return ShowingTheServedDocument()


def named(name: str, document: Document) -> bool:
    """Say whether a tab of this name is the one of a document: it bears its title or its file name."""
    return name in {document.title, document.filename}


def kind_of(document: Document) -> str:
    """Give the kind that a document's name promises (empty if none that is judged)."""
    return next((kind for suffix, kind in KINDS.items() if document.filename.lower().endswith(suffix)), "")


def _wrong_file(item: ReadBeside) -> str:
    if not item.shown.embedded:
        return f"the page embeds no file for it, it shows {item.shown.text[:60]!r}"
    if item.shown.status != 200:
        return f"the page got the answer {item.shown.status} for the file it embeds"
    if item.file != item.served:
        return f"the page embeds {len(item.file)} bytes that are not the {len(item.served)} bytes the system serves"
    return "" if item.file.startswith(b"%PDF-") else f"the system serves no PDF, it begins with {item.file[:8]!r}"


def plain_text(markdown: str) -> str:
    """Give the words of a Markdown text as a reader sees them: without its marks and the targets of its links."""
    text = re.sub(r"^\s*(?:```|~~~).*$", "", markdown, flags=re.MULTILINE)
    text = re.sub(r"^[\s>]*(?:[-*+]|\d{1,9}[.)])\s+", "", text, flags=re.MULTILINE)
    return re.sub(r"\[([^\]]+)\]\([^)\s]+(?:\s+\"[^\"]*\")?\)", r"\1", text)


def words_of(text: str) -> list[str]:
    """Give the words and numbers of a text, in lower case and without the marks around them."""
    return re.findall(r"[^\W_]+", text.lower())


def _around(words: Sequence[str], place: int) -> str:
    return repr(" ".join(words[max(0, place - 2) : place + 4]))


def _named(names: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names) or "none"
