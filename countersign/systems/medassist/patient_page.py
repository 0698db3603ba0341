"""The patient's page as a person uses it: everything is found by its role and accessible name."""

import re

from playwright.sync_api import Locator

from countersign.systems.medassist.page import SHOWN_WITHIN, MedAssistPage
from countersign.transport.browser import Window


class PatientPage(MedAssistPage):
    """The page on which a patient agrees to the consent text, talks, and reads the outcome."""

    path = "patient"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        page = window.page
        self.create_account_button = page.get_by_role("button", name="Create account", exact=True).or_(
            page.get_by_role("link", name="Create account", exact=True)
        )
        self.boxes = page.get_by_role("checkbox")
        self.agree_button = page.get_by_role("button", name="I agree", exact=True)
        self.message = page.get_by_role("textbox", name="Message", exact=True)
        self.send_button = page.get_by_role("button", name="Send", exact=True)
        self.log = page.get_by_role("log", name="Conversation", exact=True)
        self.outcome = page.get_by_role("region", name="Outcome", exact=True)

    def wait_for_consent(self) -> None:
        """Wait until the consent text is shown with a box for each thing to agree to."""
        self.window.shown(self.agree_button, "the consent text with the button 'I agree'")
        self.window.shown(self.boxes.first, "a check box of the consent text")

    def agree(self) -> int:
        """Tick every box of the consent text and agree; give how many there were."""
        self.wait_for_consent()
        boxes = self.boxes.all()
        with self.window.waiting("the boxes of the consent text") as milliseconds:
            for box in boxes:
                box.check(timeout=milliseconds)
        self.click(self.agree_button, "I agree")
        return len(boxes)

    def wait_until_chatting(self) -> None:
        """Wait until messages can be written and the page is connected."""
        self.window.shown(self.message, "the text box 'Message'")
        self.is_connected()

    def say(self, text: str) -> None:
        """Write a message and press "Send". Waits for no answer."""
        self.window.note("writes and sends")
        with self.window.waiting("the text box 'Message' and the button 'Send'") as milliseconds:
            self.message.fill(text, timeout=milliseconds)
            self.send_button.click(timeout=milliseconds)

    def entries(self) -> Locator:
        """Find the entries of the conversation."""
        articles = self.log.get_by_role("article")
        return articles if articles.count() else self.log.get_by_role("listitem")

    def wait_for_entries(self, count: int, within: float = SHOWN_WITHIN) -> None:
        """Wait until the conversation has at least so many entries."""
        either = self.log.get_by_role("article").or_(self.log.get_by_role("listitem"))
        self.window.shown(either.nth(count - 1), f"entry {count} of the conversation", within)

    def alert(self, words: str) -> Locator:
        """Find the alert that holds these words."""
        return self.alerts.filter(has_text=re.compile(re.escape(words))).first

    def outcome_text(self) -> str:
        """Read what the region "Outcome" says."""
        return self.window.text(self.outcome, "the region 'Outcome'")
