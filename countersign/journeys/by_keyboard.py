"""A page by keyboard alone, and what a screen reader is told meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from countersign.errors import DeadlineExceeded
from countersign.expect.page_announcing import Change, DialogFocus, is_told
from countersign.journeys.at_page import AtPage
from countersign.systems.pages.model import Control

if TYPE_CHECKING:
    from countersign.transport.browser import FocusStop

TOLD_WITHIN = 2.0
"""Seconds from a change to its announcement."""
TABS_IN_DIALOG = 6
"""More presses of Tab than a dialog here has controls, so that the focus comes round once."""

_HOLDS_FOCUS = "(dialog) => dialog.contains(document.activeElement)"
# Past its last control a modal dialog hands the focus to the browser itself; the page then has it nowhere.
_KEEPS_FOCUS = "(dialog) => dialog.contains(document.activeElement) || document.activeElement === document.body"


@dataclass
class KeyboardVisit:
    """What was done by keyboard alone: where the focus stopped, what could be operated, what changed on the way.

    `finished` says whether the way was gone to its end.
    """

    stops: "list[FocusStop]" = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    dialog: DialogFocus | None = None
    finished: bool = False


class Hands:
    """Does things by keyboard alone and keeps what comes of it."""

    def __init__(self, person: AtPage) -> None:
        self.person, self.window, self.visit = person, person.window, KeyboardVisit()

    def comes_to(self, role: str, name: str) -> None:
        """Press Tab until something with this role and name has the focus."""
        self.visit.stops.append(self.window.tab_to(role, name))

    def comes_to_element(self, element: Any, role: str, name: str) -> None:
        """Press Tab until this element has the focus, which is told as `role` and `name`."""
        self.visit.stops.append(self.window.tab_to_element(element, role, name))

    def writes(self, name: str, text: str) -> None:
        """Come to the box of this name and type."""
        self.comes_to("textbox", name)
        self.window.type(text)

    def presses(self, role: str, name: str, key: str = "Enter") -> None:
        """Come to something and press a key there."""
        self.comes_to(role, name)
        self.window.press(key)

    def takes_in(self) -> None:
        """Keep what can be operated on the page as it is now."""
        from countersign.systems.pages.access import controls

        self.visit.controls += controls(self.window)

    @contextmanager
    def hearing(self, what: str, words: Callable[[], str] = str) -> Iterator[None]:
        """Keep what logs, status and alerts say before, and after, when they have had time to tell it."""
        from countersign.systems.pages.access import all_live_regions

        before = all_live_regions(self.window)
        yield
        wanted = words()

        def told() -> None:
            assert is_told(Change(what, wanted, before, all_live_regions(self.window))), "nothing new is told"

        with suppress(DeadlineExceeded):  # what is not told by then is judged as silent
            self.window.eventually(told, TOLD_WITHIN, what=f"{what} to be told")
        self.visit.changes.append(Change(what, wanted, before, all_live_regions(self.window)))

    def looks_into_dialog(self, dialog: Any, opener: Any, name: str) -> DialogFocus:
        """Go round in an open dialog with Tab, and leave it with Escape; `opener` is what had opened it."""
        self.window.shown(dialog, name)
        self.person.picture("the dialog, and the focus")
        if not dialog.evaluate(_HOLDS_FOCUS):
            return DialogFocus(went_in=False)
        stayed = True
        for _ in range(TABS_IN_DIALOG):
            self.window.press("Tab")
            stayed = stayed and bool(dialog.evaluate(_KEEPS_FOCUS))
        self.window.press("Escape")
        with self.window.waiting(f"{name} to be closed by Escape") as milliseconds:
            dialog.wait_for(state="hidden", timeout=milliseconds)
        return DialogFocus(True, stayed, came_back=self.window.has_focus(opener))
