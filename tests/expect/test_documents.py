"""Matchers for documents: complete, readable, not sent twice, and nothing else handed out."""

from typing import Any

from countersign.expect.chattrain.documents import (
    AskedAgain,
    Opened,
    a_pdf_and_a_markdown_text,
    complete,
    not_sent_twice,
    readable,
    to_be_looked_at,
)
from countersign.expect.chattrain.kept_back import TOO_LARGE, Reached, kept_back
from countersign.systems.chattrain.model import Document

from .telling import answer, told

PDF = b"%PDF-1.7 ... %%EOF\n"


def opened(name: str = "manual.pdf", body: bytes = PDF, status: int = 200, **headers: str) -> Opened:
    """Make an opened document whose list and label say its length, unless other headers are given."""
    kind = "application/pdf" if name.endswith("pdf") else "text/markdown; charset=utf-8"
    given = {"content_type": kind, "content_length": str(len(body)), "etag": '"a1"', **headers}
    return Opened("claims", Document(name, "", True, len(PDF), kind, "", "/x"), answer(status, body, **given))


def test_every_training_offers_both_kinds() -> None:
    both = [opened(), opened("steps.md")]
    assert told(a_pdf_and_a_markdown_text(2, ["claims"]), both) == ""
    assert "claims offers manual.pdf" in told(a_pdf_and_a_markdown_text(1, ["claims"]), [opened()])
    assert "service offers none" in told(a_pdf_and_a_markdown_text(2, ["claims", "service"]), both)
    assert "no training" in told(a_pdf_and_a_markdown_text(2, []), [])


def test_a_complete_document() -> None:
    assert told(complete(), opened()) == ""
    assert "came with 4 bytes, the list says 19" in told(complete(), opened(body=b"%PDF"))
    assert "its label says '7'" in told(complete(), opened(content_length="7"))
    assert "answered 404" in told(complete(), opened(status=404))


def test_a_readable_document() -> None:
    assert told(readable(), opened()) == ""
    assert told(readable(), opened("steps.md", b"# Steps")) == ""
    assert "does not end as a PDF" in told(readable(), opened(body=b"%PDF-1.7 ..."))
    assert "does not begin as a PDF" in told(readable(), opened(body=b"hello %%EOF"))
    assert "came as text/html" in told(readable(), opened(content_type="text/html"))
    assert "forced download" in told(readable(), opened(content_disposition='attachment; filename="manual.pdf"'))
    assert "empty text" in told(readable(), opened("steps.md", b" "))


def again(**answers: Any) -> AskedAgain:
    """Make a document that was asked for again, as it must be unless other answers are given."""
    good = {
        "opened": opened(),
        "again": answer(200, PDF, etag='"a1"'),
        "unchanged": answer(304, b""),
        "looked_at": answer(200, b""),
    }
    return AskedAgain(**{**good, **answers})


def test_an_unchanged_document_is_not_sent_twice() -> None:
    assert told(not_sent_twice(), again()) == ""
    assert "changed its mark" in told(not_sent_twice(), again(again=answer(200, PDF, etag='"b2"')))
    assert "expected one in quotes" in told(not_sent_twice(), again(opened=opened(etag="a1")))
    assert "sent again (200, 19 bytes)" in told(not_sent_twice(), again(unchanged=answer(200, PDF)))
    assert told(to_be_looked_at(), again()) == ""
    assert "answered 405" in told(to_be_looked_at(), again(looked_at=answer(405, b"")))
    assert "with 19 bytes" in told(to_be_looked_at(), again(looked_at=answer(200, PDF)))


def test_what_is_kept_back() -> None:
    words = (b"bot_messages",)
    assert told(kept_back(), Reached("a note", answer(404), words)) == ""
    assert "answered 200" in told(kept_back(), Reached("a note", answer(200, b"some note"), words))
    assert "handed out (404)" in told(kept_back(), Reached("a note", answer(404, b"bot_messages: [a]"), words))
    assert told(kept_back(*TOO_LARGE), Reached("the oversized document", answer(413), ())) == ""
    assert "answered 404" in told(kept_back(*TOO_LARGE), Reached("the oversized document", answer(404), ()))
    assert told(kept_back(), Reached("the words of a PDF", answer(400), words, as_text=True)) == ""
    assert "answered 400" in told(kept_back(), Reached("a PDF", answer(400), words))
