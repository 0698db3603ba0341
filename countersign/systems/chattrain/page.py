"""The pilot page as a person uses it: everything is found by its role and accessible name."""

import re
import time
from collections.abc import Callable
from typing import Literal, Self

from playwright.sync_api import Locator

from countersign.errors import ContractBroken
from countersign.evidence import Recorder
from countersign.systems.chattrain.chat import narrator_for
from countersign.systems.chattrain.page_documents import OPEN_WITHIN, DocumentsBeside
from countersign.systems.chattrain.page_model import PageEntry, PageFeedback, PageSummary, ScenarioCard
from countersign.target.live import LiveSystem
from countersign.transport.browser import Browser, Violation, Window

START_WITHIN = 15.0
EXCHANGE_WITHIN = 12.0
"""Longer than the limits of the criteria, so that a late page is measured and not only missed."""

START_BUTTON = "Start Training Session: "
SPEAKERS = ("You", "Customer", "System")

Area = Literal["choose", "chat", "feedback", "documents"]


class PilotPage:
    """The page in one person's window; `documents` is the part beside the chat.

    Actions wait until the page shows their effect and give the seconds that took.
    """

    def __init__(self, window: Window) -> None:
        self.window = window
        page = window.page
        self.choose_heading = page.get_by_role("heading", name="Select Training Scenario", exact=True)
        self.user_name = self._box("Your pilot user name")
        self.start_buttons = page.get_by_role("button", name=re.compile(f"^{START_BUTTON}"))
        self.connection = page.get_by_role("status")
        self.log = page.get_by_role("log", name="Conversation", exact=True)
        self.message_input = self._box("Message input")
        self.send_button = page.get_by_role("button", name="Send message", exact=True)
        self.end_button = page.get_by_role("button", name="End Session", exact=True)
        self.feedback_groups = page.get_by_role("group", name="Feedback", exact=True)
        self.summary_heading = page.get_by_role("heading", name="Session summary", exact=True)
        self.summary_region = page.get_by_role("region", name="Session summary", exact=True)
        self.documents = DocumentsBeside(window)

    @classmethod
    def in_new_window(
        cls,
        browser: Browser,
        system: LiveSystem,
        *,
        actor: str,
        recorder: Recorder,
        size: tuple[int, int] = (1280, 800),
    ) -> Self:
        """Give the person a fresh window (not opened yet). Raises CapabilityMissing if there is no browser."""
        window = browser.window(
            system.page_url or system.url,
            system=system.name,
            actor=actor,
            recorder=recorder,
            narrator=narrator_for(actor),
            size=size,
            own_authority=bool(system.ca_file),
        )
        return cls(window)

    # ---- choosing

    def open(self, within: float = OPEN_WITHIN) -> float:
        """Open the page and wait for the first scenario; give the seconds that took."""
        began = time.monotonic()
        self.window.open("", within)
        self.window.shown(self.start_buttons.first, "the list of scenarios", within)
        return time.monotonic() - began

    def scenarios(self) -> tuple[ScenarioCard, ...]:
        """Read the scenarios that are offered, in the order shown."""
        cards = self.window.page.get_by_role("listitem").filter(has=self.start_buttons)
        return tuple(self._card(card) for card in cards.all())

    def enter_user_name(self, name: str) -> None:
        """Write the pilot user name."""
        with self.window.waiting("the text box for the pilot user name") as milliseconds:
            self.user_name.fill(name, timeout=milliseconds)

    def start_training(self, title: str, within: float = START_WITHIN) -> float:
        """Press the start button of this scenario; give the seconds until the customer has spoken.

        The page says Connected by then and messages can be written.
        """
        began = time.monotonic()
        self.window.note(f"starts {title!r}")
        button = self.window.page.get_by_role("button", name=f"{START_BUTTON}{title}", exact=True)
        with self.window.waiting(f"the button to start {title!r}", within) as milliseconds:
            button.click(timeout=milliseconds)
        self.wait_until_chatting(within)
        return time.monotonic() - began

    def wait_until_chatting(self, within: float = START_WITHIN) -> float:
        """Wait until the page is connected and the customer has spoken; give the seconds."""
        began = time.monotonic()
        self.wait_for_connection("Connected", within)
        self.window.shown(self._entries_of("Customer").first, "the customer's opening line", within)
        return time.monotonic() - began

    # ---- chatting

    @property
    def connection_state(self) -> str:
        """What the page says of its connection: Connected or Disconnected."""
        return self.window.text(self.connection.first, "the connection status")

    def wait_for_connection(self, state: str, within: float = START_WITHIN) -> float:
        """Wait until the page says that it is Connected or Disconnected; give the seconds."""
        began = time.monotonic()
        wanted = self.connection.filter(has_text=re.compile(f"^\\s*{state}\\s*$"))
        self.window.shown(wanted, f"the page to say {state!r}", within)
        return time.monotonic() - began

    def say(self, text: str, *, by: Literal["enter", "button"] = "enter") -> None:
        """Write a message and send it, by the Enter key or by the button. Waits for no answer."""
        self.window.note(f"writes and sends by {by}")
        with self.window.waiting("the message input and its button") as milliseconds:
            self.message_input.fill(text, timeout=milliseconds)
            if by == "button":
                self.send_button.click(timeout=milliseconds)
            else:
                self.message_input.press("Enter", timeout=milliseconds)

    def ask(self, text: str, within: float = EXCHANGE_WITHIN) -> float:
        """Say something and give the seconds until the customer's reply is shown."""
        heard = self._entries_of("Customer").count()
        began = time.monotonic()
        self.say(text)
        self.window.shown(self._entries_of("Customer").nth(heard), "the customer's reply", within)
        return time.monotonic() - began

    def exchange(self, text: str, within: float = EXCHANGE_WITHIN) -> PageFeedback:
        """Say something, wait for the customer's answer and the feedback, and give the feedback."""
        rated = self.feedback_groups.count()
        self.say(text)
        self.wait_for_feedback(rated + 1, within)
        return self.last_feedback()

    def wait_for_feedback(self, number: int, within: float = EXCHANGE_WITHIN) -> float:
        """Wait until this many feedbacks are shown; give the seconds."""
        began = time.monotonic()
        self.window.shown(self.feedback_groups.nth(number - 1), f"feedback number {number}", within)
        return time.monotonic() - began

    def entries(self) -> tuple[PageEntry, ...]:
        """Read the conversation, in the order shown."""
        return tuple(self._entry(entry) for entry in self._entries().all())

    def said_by(self, speaker: str) -> tuple[str, ...]:
        """Read what one speaker (You, Customer, System) said, in the order shown."""
        return tuple(entry.text for entry in self.entries() if entry.speaker == speaker)

    def can_send(self) -> bool:
        """Say whether the send button can be pressed."""
        return self.send_button.is_enabled()

    def feedbacks(self) -> tuple[PageFeedback, ...]:
        """Read every feedback shown, in the order of the answers."""
        return tuple(self._feedback(group) for group in self.feedback_groups.all())

    def last_feedback(self) -> PageFeedback:
        """Read the feedback on the latest answer. Raises DeadlineExceeded if there is none."""
        return self._feedback(self.feedback_groups.last)

    # ---- ending

    def end_session(self, within: float = START_WITHIN) -> PageSummary:
        """Press End Session and read the summary."""
        self.window.note("ends the session")
        with self.window.waiting("the button End Session", within) as milliseconds:
            self.end_button.click(timeout=milliseconds)
        return self.summary(within)

    def summary(self, within: float = START_WITHIN) -> PageSummary:
        """Wait for the summary and read it. Raises DeadlineExceeded if none is shown."""
        self.window.shown(self.summary_heading, "the heading 'Session summary'", within)
        region = self.summary_region
        names = region.get_by_role("term").all_inner_texts()
        values = region.get_by_role("definition").all_inner_texts()
        return PageSummary(
            text=self.window.text(region, "the summary"),
            figures={name.strip(): value.strip() for name, value in zip(names, values, strict=False)},
            strengths=self._items(region, "Strengths"),
            improvements=self._items(region, "Improvements"),
        )

    # ---- the page as a whole

    def reload(self, within: float = OPEN_WITHIN) -> None:
        """Load the page anew."""
        self.window.reload(within)

    @property
    def title(self) -> str:
        """The title of the window."""
        return self.window.page.title()

    @property
    def language(self) -> str:
        """The language that the page states."""
        return self.window.page.locator("html").get_attribute("lang") or ""

    def violations(self, area: Area) -> tuple[Violation, ...]:
        """Check the accessibility rules while this area is shown; the area has to be there.

        The rules run on the whole page, so that what surrounds the area and its title and language count too.
        """
        anchors: dict[str, Callable[[], Locator]] = {
            "choose": lambda: self.choose_heading,
            "chat": lambda: self.log,
            "feedback": lambda: self.feedback_groups.or_(self.summary_heading).first,
            "documents": lambda: self.documents.region,
        }
        self.window.shown(anchors[area](), f"the area {area!r}", OPEN_WITHIN)
        return self.window.violations()

    def elements(self, *tags: str) -> dict[str, int]:
        """Count the elements of these tags on the whole page."""
        return {tag: self.window.page.locator(tag).count() for tag in tags}

    # ---- reading

    def _box(self, name: str) -> Locator:
        """Find a text box by its name, or as people with eyes do, as the only one in view: names are judged apart."""
        boxes = self.window.page.get_by_role("textbox")
        return self.window.page.get_by_role("textbox", name=name, exact=True).or_(boxes).first

    def _entries(self) -> Locator:
        articles = self.log.get_by_role("article")
        return articles if articles.count() else self.log.get_by_role("listitem")

    def _entries_of(self, speaker: str) -> Locator:
        return self.log.get_by_role("article", name=speaker, exact=True).or_(
            self.log.get_by_role("listitem", name=speaker, exact=True)
        )

    def _entry(self, entry: Locator) -> PageEntry:
        first_line = entry.aria_snapshot().splitlines()[0]
        named = re.match(r'- \w+ "(?P<name>[^"]*)"', first_line)
        if named is None:
            raise ContractBroken(f"chattrain: an entry of the conversation has no label: {first_line}")
        return PageEntry(named["name"], self.window.text(entry.get_by_role("paragraph").first, "an entry"))

    def _card(self, card: Locator) -> ScenarioCard:
        button = card.get_by_role("button", name=re.compile(f"^{START_BUTTON}"))
        name = re.search(f'"{START_BUTTON}(?P<title>[^"]*)"', button.aria_snapshot())
        return ScenarioCard(name["title"] if name else "", self.window.text(card, "a scenario of the list"))

    def _feedback(self, group: Locator) -> PageFeedback:
        with self.window.waiting("the feedback") as milliseconds:
            group.wait_for(timeout=milliseconds)
        score: int | None = None
        detected: tuple[str, ...] = ()
        comment = []
        for text in group.get_by_role("paragraph").all_inner_texts():
            if found := re.fullmatch(r"Score: (\d+)", text.strip()):
                score = int(found.group(1))
            elif text.startswith("Keywords detected:"):
                listed = [word.strip() for word in text.partition(":")[2].split(",")]
                detected = tuple(word for word in listed if word and word != "none")
            else:
                comment.append(text.strip())
        return PageFeedback(score, "\n".join(comment), detected, tuple(group.get_by_role("listitem").all_inner_texts()))

    def _items(self, region: Locator, name: str) -> tuple[str, ...]:
        return tuple(
            (text or "").strip()
            for text in region.get_by_role("list", name=name, exact=True).get_by_role("listitem").all_text_contents()
        )
