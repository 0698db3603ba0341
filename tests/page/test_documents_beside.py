"""The documents beside the chat."""

import urllib.request

from playwright.sync_api import expect

from countersign.systems.chattrain.page import PilotPage
from tests.page.conftest import Reference
from tests.page.lines import SERVICE, SERVICE_LINES
from tests.page.test_chatting import training


def test_every_document_has_a_tab_and_shows_what_is_served(page: PilotPage, name: str, reference: Reference) -> None:
    training(page, name)

    listed = reference.get("/api/scenarios/customer_service_v1/documents")
    tabs = page.documents.tabs()
    assert [tab.selected for tab in tabs] == [True, False]
    assert [tab.name for tab in tabs] == [item["title"] for item in listed]
    for item in listed:
        shown = page.documents.open(item["title"])
        if item["filename"].endswith(".pdf"):
            assert (shown.embedded, shown.status) == (f"{reference.url}{item['url']}", 200)
            with urllib.request.urlopen(shown.embedded, timeout=10) as answer:
                assert answer.headers["Content-Type"] == "application/pdf"
                assert page.documents.embedded_file(shown) == answer.read()
        else:
            served = reference.get(f"{item['url']}/content")["content"]
            headings = [line.lstrip("# ").strip() for line in served.splitlines() if line.startswith("#")]
            assert len(headings) > 2
            assert all(heading in shown.text for heading in headings)
            assert "**" not in shown.text and "##" not in shown.text
    assert page.window.seen.errors == []


def test_arrow_keys_move_between_the_tabs(page: PilotPage, name: str) -> None:
    training(page, name)
    first, second = (tab.name for tab in page.documents.tabs())
    page.window.tab_to("tab", first)

    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "Home", "End"):
        page.window.press(key)
        seen.append(next(tab.name for tab in page.documents.tabs() if tab.selected))
        expect(page.documents.region.get_by_role("tab", name=seen[-1])).to_be_focused()

    assert seen == [second, first, second, first, second]


def test_the_conversation_goes_on_with_a_document_open(page: PilotPage, name: str) -> None:
    training(page, name)
    for tab in page.documents.tabs():
        page.documents.open(tab.name)
        assert page.exchange(SERVICE_LINES[0]).score is not None

    assert len(page.feedbacks()) == 2
    assert page.title == f"ChatTrain: {SERVICE}"


def test_documents_that_cannot_be_loaded_say_so_and_can_be_tried_again(page: PilotPage, name: str) -> None:
    page.window.page.route("**/documents", lambda route: route.fulfill(status=503, json={"detail": "No."}))
    training(page, name)
    expect(page.documents.region).to_contain_text("could not be loaded")

    page.window.page.unroute("**/documents")
    page.window.page.get_by_role("button", name="Load the documents again").click()

    assert len(page.documents.tabs()) == 2
