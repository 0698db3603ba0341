"""Documents on the pilot page: one tab each, and what is served is what is shown."""

from dataclasses import replace

import pytest
from hamcrest import assert_that

from countersign.expect.chattrain.page_documents import (
    DocumentTabs,
    ReadBeside,
    one_tab_each,
    plain_text,
    showing_the_served_document,
    words_of,
)
from countersign.systems.chattrain.model import Document
from countersign.systems.chattrain.page_model import DocumentShown

from .telling import told

GUIDE = Document("guide.pdf", "Guide", True, 9, "application/pdf", '"1"', "/api/documents/x/guide.pdf")
STEPS = Document("steps.md", "Steps", True, 9, "text/markdown", '"2"', "/api/documents/x/steps.md")
PDF = b"%PDF-1.7 %%EOF"
MARKDOWN = b"# Steps\n\n1. Say **hello**\n   - to [Ann](https://example.org)\n\n| A | B |\n|---|---|\n| 10 | x_y |\n"
SHOWN_PDF = ReadBeside(GUIDE, DocumentShown("Guide", "", "http://here/guide.pdf", 200), PDF, PDF)
SHOWN_TEXT = ReadBeside(STEPS, DocumentShown("Steps", "Steps\nSay hello\nto Ann\nA\tB\n10\tx_y"), b"", MARKDOWN)


def test_the_served_documents_fit() -> None:
    assert_that(DocumentTabs(("Steps", "Guide"), (GUIDE, STEPS)), one_tab_each())
    assert_that(DocumentTabs(("steps.md", "guide.pdf"), (GUIDE, STEPS)), one_tab_each())
    assert_that(SHOWN_PDF, showing_the_served_document())
    assert_that(SHOWN_TEXT, showing_the_served_document())


def test_tabs_that_are_missing_or_made_up_are_told() -> None:
    said = told(one_tab_each(), DocumentTabs(("Guide", "More"), (GUIDE, STEPS)))
    assert said == "the page has the tabs 'Guide', 'More'; the system lists the documents 'Guide', 'Steps'"
    assert told(one_tab_each(), DocumentTabs(("Guide",), (GUIDE,))) == "the system lists 'Guide' only"


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (replace(SHOWN_PDF, shown=DocumentShown("Guide", "Soon")), "the page embeds no file for it, it shows 'Soon'"),
        (replace(SHOWN_PDF, file=PDF + b"x"), "the page embeds 15 bytes that are not the 14 bytes the system serves"),
        (
            replace(SHOWN_PDF, shown=DocumentShown("Guide", "", "http://here/x", 404)),
            "the page got the answer 404 for the file it embeds",
        ),
        (replace(SHOWN_PDF, file=b"GIF", served=b"GIF"), "the system serves no PDF, it begins with b'GIF'"),
        (
            replace(SHOWN_TEXT, shown=DocumentShown("Steps", "Steps\nSay goodbye to Ann")),
            "the page shows 'steps say goodbye to ann' where the system serves 'steps say hello to ann a'",
        ),
        (replace(SHOWN_TEXT, shown=DocumentShown("Steps", "Steps\nSay")), "2 words are shown, 10 are served"),
        (replace(SHOWN_TEXT, served=b" \n"), "the system serves no text"),
    ],
)
def test_what_is_shown_otherwise_is_told(item: ReadBeside, said: str) -> None:
    assert told(showing_the_served_document(), item) == f"{item.document.filename}: {said}"


def test_a_reader_sees_neither_marks_nor_the_targets_of_links() -> None:
    seen = words_of(plain_text('> 3. see [the site](https://example.org/a "t")\n```sh\nls *.py\n```\n'))
    assert seen == ["see", "the", "site", "ls", "py"]
