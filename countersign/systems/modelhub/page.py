"""The page /manage as a person uses it without a mouse; everything is found by its hook, role or accessible name."""

import re
from typing import Self

from playwright.sync_api import FileChooser, Locator

from countersign.evidence import Recorder
from countersign.systems.pages.access import controls, live_region, nodes, tree
from countersign.systems.pages.model import BarLook, Control, LiveRegion
from countersign.target.live import LiveSystem
from countersign.transport.browser import Browser, Window

PATH = "manage"
OPEN_WITHIN = 10.0
MODEL_ROWS = "[data-testid=model-list] > *"
"""Where the rows of models are, as a CSS selector."""

# In one look, so that value and words belong together; the clock is this machine's.
_BAR = """(hook) => {
  const part = document.querySelector(`[data-testid="${hook}"]`);
  const bar = part?.querySelector("[role=progressbar]");
  if (!bar?.checkVisibility()) return null;
  const [value, least, most] = ["now", "min", "max"].map((each) => Number(bar.getAttribute(`aria-value${each}`)));
  return {at: Date.now() / 1000, value: 100 * (value - least) / (most - least), words: part.innerText};
}"""


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
        self.settings_form = page.get_by_test_id("settings-form")
        self.dialog = page.get_by_role("dialog")

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

    def sign_in(self, username: str, password: str) -> None:
        """Fill in the form, press its button and wait for the models."""
        self.fill_in(username, password)
        self.window.shown(self.models, "the list of models")

    def fill_in(self, username: str, password: str) -> None:
        """Fill in the form to sign in and press its button. Waits for nothing."""
        self.window.note("signs in")
        with self.window.waiting("the form to sign in") as milliseconds:
            self.field("username").fill(username, timeout=milliseconds)
            self.field("password").fill(password, timeout=milliseconds)
            self.sign_in_button.click(timeout=milliseconds)

    def field(self, hook: str) -> Locator:
        """Find a field of a form by its hook: username, password, bandwidth ..."""
        return self.window.page.get_by_test_id(hook)

    def file_choosers(self) -> list[FileChooser]:
        """Give a list that fills with the choices of a file that the page opens from now on.

        Ask for it some steps before: a choice that opens while nobody listens yet is never told.
        """
        opened: list[FileChooser] = []

        def keep(chooser: FileChooser) -> None:
            opened.append(chooser)

        self.window.page.on("filechooser", keep)
        return opened

    def press(self, action: str, model_id: str) -> None:
        """Press the control of an action on a model."""
        self.window.note(f"presses {action} of {model_id}")
        with self.window.waiting(f"the control to {action} {model_id}") as milliseconds:
            self.action(action, model_id).click(timeout=milliseconds)

    def action(self, action: str, model_id: str) -> Locator:
        """Find the control of an action on a model by its hook: download, pause, resume, check, repair ..."""
        return self.window.page.get_by_test_id(f"action-{action}-{model_id}")

    def button(self, name: str) -> Locator:
        """Find a button by its whole accessible name, as a screen reader lists it."""
        return self.window.page.get_by_role("button", name=name, exact=True)

    def button_by_word(self, word: str, model_id: str) -> Locator:
        """Find a button by the word that is seen on it, in the part of a model, as voice control does."""
        return self.part(model_id).get_by_role("button", name=re.compile(rf"^{re.escape(word)}\b"))

    def part(self, model_id: str) -> Locator:
        """Find the part of the page about a model."""
        return self.window.page.get_by_test_id(f"model-{model_id}")

    def nodes_of(self, model_id: str) -> tuple[Control, ...]:
        """Read the part about a model as assistive technology is told of it."""
        return nodes(self.window, self.part(model_id))

    def told_of(self, model_id: str) -> str:
        """Read all words about a model that assistive technology is told."""
        return " ".join(tree(self.window, self.part(model_id)).split())

    def shown_status(self, model_id: str) -> str:
        """Read the status of a model as it is shown."""
        return self.window.text(self.window.page.get_by_test_id(f"status-{model_id}"), f"the status of {model_id}")

    def look_at_bar(self, model_id: str) -> BarLook | None:
        """Read the progress bar of a model; None while there is none."""
        found = self.window.ask(_BAR, f"progress-{model_id}", f"the progress bar of {model_id}")
        return BarLook(**found) if found else None

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
