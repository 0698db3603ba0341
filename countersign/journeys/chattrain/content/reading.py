"""Reading the documents of trainings, on the wire and in a browser."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hamcrest import assert_that, equal_to

from countersign.errors import CapabilityMissing
from countersign.expect.chattrain.documents import MARKDOWN, PDF, AskedAgain, Opened
from countersign.journeys.chattrain.trainee import Trainee, text_id_of

if TYPE_CHECKING:
    from countersign.transport.browser import Browser, Window

SHOWN_WITHIN = 15.0
"""A browser that was just started loads its PDF viewer first."""


@dataclass(frozen=True)
class Reading:
    """Every document of these trainings that was opened, in the order of the trainings and their lists."""

    trainings: tuple[str, ...]
    opened: tuple[Opened, ...]


@dataclass(frozen=True)
class Rereading:
    """The same documents, asked for again."""

    asked: tuple[AskedAgain, ...]


def opens_all(trainee: Trainee, trainings: Sequence[str]) -> Reading:
    """Open every listed document of these trainings."""
    return Reading(
        tuple(trainings),
        tuple(
            Opened(training, document, trainee.api.open_document(document))
            for training in trainings
            for document in trainee.api.documents(text_id_of(training))
        ),
    )


def asks_again(trainee: Trainee, reading: Reading) -> Rereading:
    """Open the same documents again, then show the mark each came with, then only look at each."""
    return Rereading(tuple(_asked_again(trainee, opened) for opened in reading.opened))


def _asked_again(trainee: Trainee, opened: Opened) -> AskedAgain:
    mark = {"If-None-Match": opened.answer.headers.get("etag", '"none"')}
    document, ask = opened.document, trainee.api.open_document
    return AskedAgain(opened, ask(document), ask(document, headers=mark), ask(document, "HEAD"))


def opens_in_browser(stage: Any, reading: Reading) -> None:
    """Open every document in a browser; raise AssertionError for one it does not show.

    Only where the system offers a page; otherwise the evidence says so. Raises CapabilityMissing where it does and this
    machine has no browser, or one without a PDF viewer.
    """
    system = stage.system()
    if "pilot-page" not in system.capabilities:
        stage.recorder.say("the documents were not opened in a browser: the system offers no page")
        return
    browser: Browser = stage.browser()
    stage.recorder.say(f"the documents are opened in {browser.choice.version}")
    with browser.window(
        system.url,
        system=system.name,
        actor="Browser",
        recorder=stage.recorder,
        own_authority=bool(system.ca_file),
    ) as window:
        for opened in reading.opened:
            _show(window, opened)


def _show(window: "Window", opened: Opened) -> None:
    if opened.kind == PDF and not window.page.evaluate("navigator.pdfViewerEnabled"):
        raise CapabilityMissing(f"{opened.document.filename} cannot be looked at: this browser has no PDF viewer")
    window.open(opened.document.url, SHOWN_WITHIN)
    shown = f"the kind under which the browser shows {opened.document.filename}"
    assert_that(
        window.page.evaluate("document.contentType"), equal_to(opened.kind or opened.answer.content_type), shown
    )
    if opened.kind == MARKDOWN:
        text = " ".join(window.page.inner_text("body").split())
        assert_that(text, equal_to(" ".join(opened.answer.text.split())), f"the text of {opened.document.filename}")
