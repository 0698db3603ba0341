"""Trainings on the pilot page: to the end, beside open documents, with markup, and across loading the page anew."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import personas
from countersign.errors import DeadlineExceeded
from countersign.expect.chattrain.page_documents import DocumentTabs, ReadBeside, named
from countersign.expect.chattrain.page_reload import LoadedAnew, PageLook
from countersign.expect.chattrain.page_training import Contact, Summaries, Talk
from countersign.expect.page_markup import Liveliness, MarkupTalk
from countersign.expect.traces import Place, Trace
from countersign.journeys.chattrain.page.page_user import PageUser
from countersign.journeys.chattrain.trainee import full_lines, name_of
from countersign.systems.scripted_ai import mark

BACK_WITHIN = 5.0
"""Seconds in which a page that was loaded anew shows its conversation again, as fast as a training starts."""


@dataclass(frozen=True)
class PageTraining:
    """A whole training on the page: what the page asked for, what was sent and shown, how it was summed up."""

    start_seconds: float
    contact: Contact
    sent: Talk
    shown: Talk
    summaries: Summaries


@dataclass(frozen=True)
class DocumentsBesideChat:
    """The documents as they were read on the page, and the seconds each answer of the customer took meanwhile."""

    tabs: DocumentTabs
    read: tuple[ReadBeside, ...]
    reply_seconds: tuple[float, ...]


@dataclass(frozen=True)
class MarkupWritten:
    """What became of markup on the page, and all that was said, to be looked for in the browser's console."""

    talk: MarkupTalk
    liveliness: Liveliness
    console: tuple[Place, ...]
    said: tuple[Trace, ...]


def trains_on_page(user: PageUser, training: str) -> PageTraining:
    """Begin a training on the page and give the full answers until the page sums it up."""
    user.begins(training).answers(full_lines(training))
    user.picture("the last feedback")
    summary = user.page.summary()
    ends = user.page.window.seen.received("session_complete")
    return PageTraining(
        user.start_seconds,
        contact_of(user),
        sent_talk(user),
        shown_talk(user),
        Summaries(summary, ends[-1] if ends else None),
    )


def contact_of(user: PageUser) -> Contact:
    """Tell what the page asked of the system, from what the browser really sent."""
    system, seen = user.trainee.system, user.page.window.seen
    hosts = {_place(url) for url in (system.url, system.page_url) if url}
    asked = [request for request in seen.requests if _place(request.url) in hosts and "/api/" in request.path]
    starts = [each for each in asked if each.method == "POST" and each.path.endswith("/api/sessions")]
    chats = [url for url in seen.sockets if _place(url) in hosts and "/chat/" in urlsplit(url).path]
    others = dict.fromkeys(f"{each.method} {each.path}" for each in asked if each not in starts)
    return Contact(sum(each.status in {200, 201} for each in starts), len(chats), tuple(others))


def _place(url: str) -> tuple[str, int]:
    """Give host and port of an address; the names of this very machine are one."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or {"https": 443, "wss": 443}.get(parts.scheme, 80)
    return "localhost" if host in {"127.0.0.1", "::1"} else host, port


def sent_talk(user: PageUser) -> Talk:
    """Give the conversation as it went over the chat of the page."""
    seen = user.page.window.seen
    opening = [str(frame.get("first_message") or "") for frame in seen.received("session_start")[:1]]
    replies = [str(frame.get("content")) for frame in seen.received("assistant_message")]
    lines = [str(frame.get("content")) for frame in seen.sent("user_message")]
    return Talk.sent(lines, opening + replies, seen.received("evaluation_feedback"))


def shown_talk(user: PageUser) -> Talk:
    """Give the conversation as it stands on the page."""
    said: dict[str, list[str]] = {"You": [], "Customer": []}
    for entry in user.page.entries():
        said.setdefault(entry.speaker, []).append(entry.text)
    return Talk.shown(said["You"], said["Customer"], user.page.feedbacks())


def reads_beside(user: PageUser) -> DocumentsBesideChat:
    """Open every document on the page and answer the customer beside each; fetch what the system serves for it."""
    page, api = user.page, user.trainee.api
    listed = tuple(api.documents(user.training.text_id))
    names = tuple(tab.name for tab in page.documents.tabs())
    read, seconds = [], []
    for number, name in enumerate(names):
        document = next((each for each in listed if named(name, each)), None)
        shown = page.documents.open(name)
        seconds.append(page.ask(full_lines(name_of(user.training))[number]))
        page.wait_for_feedback(number + 1)
        user.picture(f"the chat beside {name}")
        if document is not None:
            file = page.documents.embedded_file(shown) if shown.embedded else b""
            read.append(ReadBeside(document, shown, file, api.open_document(document).must_be(200).body))
    return DocumentsBesideChat(DocumentTabs(names, listed), tuple(read), tuple(seconds))


def writes_markup(user: PageUser) -> MarkupWritten:
    """Write lines with markup, let the AI answer with markup where the suite can ask it to, and see what it did."""
    material, page = personas.material("chattrain_page"), user.page
    lines: list[str] = list(material["markup_lines"])
    before = _settled(user, material["markup_elements"])
    if "scripted-ai" in user.trainee.system.capabilities:
        lines.append(mark("markup", material["asking_for_markup"]))
    else:
        user.stage.recorder.say("not done: the AI was not asked to answer with markup, for it is no scripted AI")
    user.answers(lines)
    seen = page.window.seen
    replies = [str(frame.get("content")) for frame in seen.received("assistant_message")]
    shown = shown_talk(user)
    own = len(material["markup_lines"])
    talk = MarkupTalk(tuple(lines), tuple(replies[own:]), shown.lines, shown.replies, len(lines) - own)
    after = page.elements(*material["markup_elements"])
    console = Place("the browser's console", "\n".join(line.text for line in seen.console))
    said = [Trace.of("a line of the trainee", line) for line in lines]
    said += [Trace.of("a line of the customer", reply) for reply in (*sent_talk(user).replies, *replies)]
    return MarkupWritten(
        talk, Liveliness(tuple(seen.dialogs), before, after, tuple(seen.page_errors)), (console,), tuple(said)
    )


def _settled(user: PageUser, tags: Sequence[str]) -> dict[str, int]:
    """Count the elements once the documents beside the chat, which bring some of their own, are there."""
    documents = user.page.documents
    documents.shown(next(tab.name for tab in documents.tabs() if tab.selected))
    return user.page.elements(*tags)


def loads_anew(user: PageUser) -> LoadedAnew:
    """Load the page anew in the middle of a training and give what is there before and afterwards."""
    page = user.page
    before = _look(user)
    page.reload()
    # What is not there in time is missing from the look, where the sentence judges it.
    with suppress(DeadlineExceeded):
        page.wait_until_chatting(BACK_WITHIN)
        page.wait_for_feedback(max(1, len(before.scores)), BACK_WITHIN)
    user.picture("loaded anew")
    greetings = page.window.seen.received("session_start")
    numbers = tuple(int(frame["session_id"]) for frame in greetings if isinstance(frame.get("session_id"), int))
    return LoadedAnew(before, _look(user), numbers, contact_of(user).sessions_started)


def _look(user: PageUser) -> PageLook:
    talk = shown_talk(user)
    return PageLook(talk.lines, talk.replies, talk.scores)


def answers_on_page(user: PageUser, count: int) -> PageUser:
    """Give the next full answers of the training on the page."""
    lines = full_lines(name_of(user.training))
    said = len(user.page.said_by("You"))
    return user.answers(lines[said : said + count])
