"""The pilot page for everybody: its parts one by one, a training by keyboard alone, and what a screen reader hears."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import personas
from countersign.errors import SystemFault
from countersign.expect.chattrain.page_documents import words_of
from countersign.expect.page_access import PartsSeen, Spoken, Stated
from countersign.journeys.chattrain.page.page_user import PageUser
from countersign.journeys.chattrain.trainee import full_lines
from countersign.systems.chattrain.page_model import PageSummary
from countersign.systems.pages.model import Control, LiveRegion
from countersign.systems.scripted_ai import mark

if TYPE_CHECKING:
    from countersign.transport.browser import FocusStop

Area = Literal["choose", "chat", "feedback", "documents"]
TRAINING = "customer service"


@dataclass(frozen=True)
class KeyboardTraining:
    """A training done by keyboard alone: where the focus stopped, what could be operated, what the page stated."""

    stops: "tuple[FocusStop, ...]"
    controls: tuple[Control, ...]
    stated: Stated
    summary: PageSummary


@dataclass(frozen=True)
class Heard:
    """What a screen reader is given: announced parts, states of the connection, entries with label and sender."""

    regions: tuple[LiveRegion, ...]
    states: tuple[str, ...]
    entries: tuple[Spoken, ...]


def goes_through_parts(user: PageUser) -> PartsSeen:
    """Go through a training and look at every part of the page for barriers.

    A page that lets nobody on in the middle ends the walk; what was seen until then counts.
    """
    barriers: dict[str, tuple[str, ...]] = {}
    try:
        for part, area in _walk(user):
            found = user.page.violations(area)
            barriers[part] = tuple(str(violation) for violation in found if violation.severe)
            user.stage.recorder.say(f"{part}: {len(found)} broken rules", body="\n".join(map(str, found)))
            if part != "the summary":  # the last picture of the scenario shows it
                user.picture(part)
    except SystemFault as fault:
        return PartsSeen(barriers, str(fault))
    return PartsSeen(barriers)


def _walk(user: PageUser) -> Iterator[tuple[str, Area]]:
    page = user.page
    page.open()
    yield "choosing", "choose"
    user.begins(TRAINING)
    yield "the chat", "chat"
    user.answers(full_lines(TRAINING)[:1])
    yield "an open feedback", "feedback"
    for number, tab in enumerate(page.documents.tabs(), 1):
        page.documents.open(tab.name)
        yield f"document {number}", "documents"
    page.end_session()
    yield "the summary", "feedback"


def trains_by_keyboard(user: PageUser, training: str) -> KeyboardTraining:
    """Do a whole training with Tab, arrows, Enter, Space and typing, from choosing to the summary."""
    from countersign.systems.pages.access import controls, text_in_view

    page, window = user.page, user.page.window
    operable: list[Control] = []
    titles, words = [], []

    def takes_in() -> None:
        operable.extend(controls(page.window))
        titles.append(page.title)
        words.extend(words_of(text_in_view(page.window)))

    page.open()
    takes_in()
    stops = _begins(user, training)
    window.type(full_lines(training)[0])
    window.press("Enter")
    page.wait_for_feedback(1)
    stops += _visits_everything(user)
    takes_in()
    for number, line in enumerate(full_lines(training)[1:], 2):
        stops += _says(user, line, number)
    summary = page.summary()
    takes_in()
    english: list[str] = personas.material("chattrain_page")["english"]["words"]
    stated = Stated(page.language, tuple(titles), tuple(words), frozenset(english))
    return KeyboardTraining(tuple(stops), tuple(operable), stated, summary)


def _begins(user: PageUser, training: str) -> "list[FocusStop]":
    page, window = user.page, user.page.window
    user.scenario = user.trainee.finds(training)
    user.stage.made["training sessions"] += 1
    stops = [window.tab_to("textbox", "Your pilot user name")]
    window.type(user.trainee.user_name)
    stops.append(window.tab_to("button", f"Start Training Session: {user.scenario.title}"))
    user.picture("the focus on the start button")
    window.press("Enter")
    page.wait_until_chatting()
    stops.append(window.tab_to("textbox", "Message input"))
    return stops


def _visits_everything(user: PageUser) -> "list[FocusStop]":
    """Come by every document and the way out; the PDF is read and left again."""
    page, window = user.page, user.page.window
    tabs = [tab.name for tab in page.documents.tabs()]
    stops = [window.tab_to("tab", tabs[0])]
    for name in [*tabs[1:], tabs[0]]:
        window.press("ArrowRight")
        page.documents.shown(name)
    stops.append(window.tab_to("button", "End Session", backwards=True))
    user.picture("the focus on the button that ends the session")
    return stops


def _says(user: PageUser, line: str, number: int) -> "list[FocusStop]":
    window = user.page.window
    stops = [window.tab_to("textbox", "Message input")]
    window.type(line)
    stops.append(window.tab_to("button", "Send message"))
    window.press("Space")
    user.page.wait_for_feedback(number)
    return stops


def hears_a_training(user: PageUser) -> Heard:
    """Hear a reply, a stand-in for a failed AI where the suite can make it fail, and the end of the connection."""
    from countersign.systems.chattrain.page_access import live_regions

    page = user.page
    states = [page.connection_state]
    user.answers(full_lines(TRAINING)[:1])
    if "scripted-ai" in user.trainee.system.capabilities:
        user.answers([mark("status", personas.material("chattrain_page")["failing"], code=500)])
    else:
        user.stage.recorder.say("not done: the AI was not made to fail, for it is no scripted AI")
    regions = live_regions(page)
    user.picture("who said what")
    page.end_session()
    states.append(page.connection_state)
    return Heard(regions, tuple(states), tuple(_spoken(user)))


def _spoken(user: PageUser) -> Iterator[Spoken]:
    """Set beside every entry who sent it; what nobody sent over the chat is the page's own, so the System's."""
    seen = user.page.window.seen
    lines = {_folded(frame.get("content")) for frame in seen.sent("user_message")}
    replies = {_folded(frame.get("first_message")) for frame in seen.received("session_start")}
    replies |= {_folded(frame.get("content")) for frame in seen.received("assistant_message") if not _stands_in(frame)}
    senders: list[tuple[Callable[[str], bool], str]] = [(lines.__contains__, "You"), (replies.__contains__, "Customer")]
    for entry in user.page.entries():
        sender = next((who for sent, who in senders if sent(_folded(entry.text))), "System")
        yield Spoken(entry.text, entry.speaker, sender)


def _stands_in(frame: dict[str, object]) -> bool:
    metadata = frame.get("metadata")
    return isinstance(metadata, dict) and metadata.get("error") is True


def _folded(text: object) -> str:
    return " ".join(str(text).split())
