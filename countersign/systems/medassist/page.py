"""What both pages of MedAssist have in common, found by role and accessible name."""

import re
import time
from typing import Any, Self

from countersign.evidence import Recorder
from countersign.systems.medassist.socket import narrator_for
from countersign.target.live import LiveSystem
from countersign.transport.browser import Browser, Window

OPEN_WITHIN = 10.0
SHOWN_WITHIN = 6.0
"""Longer than the limits of the criteria, so that a late page is measured and not only missed."""


class MedAssistPage:
    """A page in one person's window: the way in, the state of the connection, the way out."""

    path = ""
    """Where the page is, below the address of the system."""

    def __init__(self, window: Window) -> None:
        self.window = window
        page = window.page
        self.heading = page.get_by_role("heading", level=1)
        self.email = page.get_by_role("textbox", name="Email", exact=True)
        self.password = page.get_by_label("Password", exact=True)
        self.sign_in_button = page.get_by_role("button", name="Sign in", exact=True)
        self.sign_out_button = page.get_by_role("button", name="Sign out", exact=True)
        self.alerts = page.get_by_role("alert")

    @classmethod
    def in_new_window(
        cls,
        browser: Browser,
        system: LiveSystem,
        *,
        actor: str,
        role: str,
        recorder: Recorder,
        size: tuple[int, int] = (1366, 820),
    ) -> Self:
        """Give the person a fresh window (not opened yet). Raises CapabilityMissing if there is no browser."""
        window = browser.window(
            system.url,
            system=system.name,
            actor=actor,
            recorder=recorder,
            narrator=narrator_for(actor, role),
            size=size,
            own_authority=bool(system.ca_file),
        )
        return cls(window)

    def open(self) -> None:
        """Open the page and wait for the form of the way in."""
        self.window.open(self.path, OPEN_WITHIN)
        self.window.shown(self.sign_in_button, "the button 'Sign in'")

    def sign_in(self, email: str, password: str) -> None:
        """Fill in the form and press "Sign in". Waits for nothing."""
        self.window.note("signs in")
        with self.window.waiting("the form to sign in") as milliseconds:
            self.email.fill(email, timeout=milliseconds)
            self.password.fill(password, timeout=milliseconds)
            self.sign_in_button.click(timeout=milliseconds)

    def sign_out(self) -> None:
        """Press "Sign out" and wait for the form of the way in."""
        self.click(self.sign_out_button, "Sign out")
        self.window.shown(self.sign_in_button, "the button 'Sign in' after signing out")

    def is_connected(self, within: float = SHOWN_WITHIN) -> None:
        """Wait until the page says that it is connected."""
        status = self.window.page.get_by_role("status").filter(has_text=re.compile(r"\bconnected\b", re.IGNORECASE))
        self.window.shown(status.first, "the status 'connected'", within)

    def click(self, element: Any, name: str) -> None:
        """Press a button or the like."""
        self.window.note(f"presses {name!r}")
        with self.window.waiting(f"the button {name!r}") as milliseconds:
            element.click(timeout=milliseconds)

    def seconds_until_shown(self, element: Any, what: str, within: float = SHOWN_WITHIN) -> float:
        """Wait until something is in view and give the seconds. Raises DeadlineExceeded."""
        began = time.monotonic()
        self.window.shown(element, what, within)
        return time.monotonic() - began

    def seconds_until_gone(self, element: Any, what: str, within: float = SHOWN_WITHIN) -> float:
        """Wait until something is no longer in view and give the seconds. Raises DeadlineExceeded."""
        began = time.monotonic()
        with self.window.waiting(what, within) as milliseconds:
            element.wait_for(state="hidden", timeout=milliseconds)
        return time.monotonic() - began
