"""The page /manage as a person uses it without a mouse; everything is found by its hook, role or accessible name."""

import re
from typing import Self

from playwright.sync_api import Locator

from countersign.evidence import Recorder
from countersign.systems.pages.access import controls, live_region
from countersign.systems.pages.model import Control, LiveRegion
from countersign.target.live import LiveSystem
from countersign.transport.browser import Browser, Window

PATH = "manage"
OPEN_WITHIN = 10.0
FORCED_COLORS = "() => matchMedia('(forced-colors: active)').matches"
FIELDS = {"username": "User name", "password": "Password"}


class ManagePage:
    """The page in one person's window."""

    def __init__(self, window: Window) -> None:
        self.window = window
        page = window.page
        self.sign_in_form = page.get_by_test_id("sign-in-form")
        self.sign_in_button = page.get_by_test_id("sign-in")
        self.models = page.get_by_test_id("model-list")
        self.announcements = page.get_by_test_id("announcements")
        self.errors = page.get_by_test_id("errors")
        self.generate_form = page.get_by_test_id("generate-form")
        self.result = page.get_by_test_id("generation-result")

    @classmethod
    def in_new_window(
        cls, browser: Browser, system: LiveSystem, *, actor: str, recorder: Recorder, size: tuple[int, int]
    ) -> Self:
        """Give the person a fresh window of this size (CSS pixels). Raises CapabilityMissing without a browser."""
        return cls(
            browser.window(
                system.url,
                system=system.name,
                actor=actor,
                recorder=recorder,
                size=size,
                own_authority=bool(system.ca_file),
            )
        )

    def open(self) -> None:
        """Open the page and wait for the form to sign in."""
        self.window.open(PATH, OPEN_WITHIN)
        self.window.shown(self.sign_in_form, "the form to sign in")

    def forces_colors(self) -> None:
        """Have the browser use the person's own colours of high contrast."""
        self.window.page.emulate_media(forced_colors="active")

    @property
    def colors_are_forced(self) -> bool:
        """Say whether the page is shown in the person's own colours."""
        return bool(self.window.page.evaluate(FORCED_COLORS))

    def field(self, hook: str) -> Locator:
        """Find a field of the form to sign in: username, password."""
        return self.window.page.get_by_test_id(hook)

    def action(self, action: str, model_id: str) -> Locator:
        """Find the control of an action on a model by its hook: download, pause, resume, check, repair ..."""
        return self.window.page.get_by_test_id(f"action-{action}-{model_id}")

    def button(self, name: str) -> Locator:
        """Find a button by its whole accessible name, as a screen reader lists it."""
        return self.window.page.get_by_role("button", name=name, exact=True)

    def button_by_word(self, word: str, model_id: str) -> Locator:
        """Find a button by the word that is seen on it, in the part of a model, as voice control does."""
        part = self.window.page.get_by_test_id(f"model-{model_id}")
        return part.get_by_role("button", name=re.compile(rf"^{re.escape(word)}\b"))

    def status_is(self, model_id: str, status: str, within: float) -> None:
        """Wait until the status of a model reads so."""
        shown = self.window.page.get_by_test_id(f"status-{model_id}").filter(has_text=re.compile(rf"^{status}$"))
        self.window.shown(shown, f"{model_id} shown as {status}", within)

    def result_says(self, words: str, within: float) -> str:
        """Wait until the result of a generation holds words; give all it says."""
        self.window.shown(self.result.filter(has_text=re.compile(words)), f"a generation that is {words}", within)
        return self.window.text(self.result, "the result of the generation")

    def said(self) -> tuple[str, ...]:
        """Read what is announced at the moment, a sentence an entry."""
        text = self.window.text(self.announcements, "the announcements")
        return tuple(line.strip() for line in text.splitlines() if line.strip())

    def region(self) -> LiveRegion:
        """Read how the announcements are announced."""
        return live_region(self.window, self.announcements, "the announcements")

    def controls(self) -> tuple[Control, ...]:
        """Read every control in view as assistive technology is told of it."""
        return controls(self.window)
