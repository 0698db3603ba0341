"""One person's browser window on a system: opened fresh, watched from the first request on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from re import Pattern
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urljoin

from playwright.sync_api import BrowserContext, Locator, Page

from countersign.errors import ContractBroken
from countersign.evidence import Recorder
from countersign.transport.browser.accessibility import Violation, violations
from countersign.transport.browser.bounded import ask, waiting
from countersign.transport.browser.keyboard import FocusStop, has_focus, tab_to, tab_to_element
from countersign.transport.browser.observed import Observed, Watcher
from countersign.transport.browser.touring import Tour, tour
from countersign.transport.browser.wishes import Wishes
from countersign.transport.eventually import eventually
from countersign.transport.narration import Narrator

T = TypeVar("T")


class Window:
    """A window with its own cookies and storage. `page` is Playwright's page, `seen` what happened on it so far.

    `within` is the time (seconds) of every wait that names none. Close it, or use it as a context.
    """

    def __init__(
        self,
        context: BrowserContext,
        base_url: str,
        *,
        system: str,
        actor: str,
        recorder: Recorder,
        within: float,
        narrator: Narrator | None = None,
    ) -> None:
        self.base_url = base_url.rstrip("/") + "/"
        self.system = system
        self.actor = actor
        self.within = within
        self.seen = Observed()
        self._context = context
        self._watcher = Watcher(self.seen, system=system, actor=actor, recorder=recorder, narrator=narrator)
        context.set_default_timeout(within * 1000)
        context.set_default_navigation_timeout(within * 1000)
        # Also windows that the page opens itself (a document in a new tab) are watched.
        context.on("page", self._watcher.watch)
        self.page: Page = context.new_page()
        self._wishes = Wishes(self.page)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the window and everything it kept. A second call does nothing."""
        self._context.close()

    def open(self, path: str = "", within: float | None = None) -> None:
        """Open an address of the system and wait until it is loaded. Raises SystemUnreachable, DeadlineExceeded."""
        self._watcher.note("sent", f"opens {path or '/'}")
        with self.waiting(f"opening {path or '/'}", within) as milliseconds:
            self.page.goto(urljoin(self.base_url, path), wait_until="load", timeout=milliseconds)

    def reload(self, within: float | None = None) -> None:
        """Load the page anew, as a person does who presses F5."""
        self._watcher.note("sent", "reloads the page")
        with self.waiting("loading it anew", within) as milliseconds:
            self.page.reload(wait_until="load", timeout=milliseconds)

    def resize(self, width: int, height: int) -> None:
        """Give the window another size (CSS pixels). Enlarging a page twofold is the same as halving its window."""
        self.note(f"has a window of {width} x {height}")
        self.page.set_viewport_size({"width": width, "height": height})

    def wish(self, *, forced_colors: bool = False, less_motion: bool = False, text_times: float = 1.0) -> None:
        """Have the browser ask this of the page, as its settings do; what is not named is as usual."""
        self.note(
            f"asks for: own colours {forced_colors}, less motion {less_motion}, text {text_times:g} times as large"
        )
        self._wishes.ask_for(forced_colors=forced_colors, less_motion=less_motion, text_times=text_times)

    def ask(self, function: str, argument: Any, what: str, within: float | None = None) -> Any:
        """Call a JavaScript function in the page and give its JSON value, with an end. Raises DeadlineExceeded."""
        named = f"{self.system} page: {what}"
        return ask(self.page, function, argument, named, self.within if within is None else within)

    def keep_nothing(self) -> None:
        """Let every later load fetch everything anew, as in a browser that was never here."""
        self._context.new_cdp_session(self.page).send("Network.setCacheDisabled", {"cacheDisabled": True})

    def fetch(self, address: str, within: float | None = None) -> bytes:
        """Fetch a file with this window's cookies. Raises ContractBroken for any answer but 200, DeadlineExceeded."""
        self._watcher.note("sent", f"fetches {address}")
        with self.waiting(f"fetching {address}", within) as milliseconds:
            answer = self.page.request.get(address, timeout=milliseconds, max_redirects=5)
            if answer.status != 200:
                raise ContractBroken(f"{self.system} page: {address} was answered {answer.status}")
            return answer.body()

    @contextmanager
    def waiting(self, what: str, within: float | None = None) -> Iterator[float]:
        """Bound a wait: gives its milliseconds, and raises DeadlineExceeded saying `what` was awaited."""
        named = f"{self.system} page: {what}"
        with waiting(self.page, named, self.within if within is None else within) as milliseconds:
            yield milliseconds

    def shown(self, element: Locator, what: str, within: float | None = None) -> None:
        """Wait until this element is visible. Raises DeadlineExceeded."""
        with self.waiting(what, within) as milliseconds:
            element.wait_for(state="visible", timeout=milliseconds)

    def text(self, element: Locator, what: str, within: float | None = None) -> str:
        """Read the visible text of this element, stripped. Raises DeadlineExceeded if it is not there."""
        with self.waiting(what, within) as milliseconds:
            return element.inner_text(timeout=milliseconds).strip()

    def eventually(
        self,
        question: Callable[[], T],
        within: float | None = None,
        *,
        every: float = 0.05,
        what: str = "it to hold",
    ) -> T:
        """Ask until the question is answered without an AssertionError, as `transport.eventually` does.

        In between the page goes on: what happens on it is only handed over to `seen` while the browser is asked
        something, so a plain sleep would never see it.
        """

        def asked() -> T:
            self.page.wait_for_timeout(1)
            return question()

        seconds = self.within if within is None else within
        return eventually(asked, seconds, every=every, what=f"{self.system} page: {what}")

    def note(self, summary: str) -> None:
        """Put into the evidence what the person does."""
        self._watcher.note("sent", summary)

    def screenshot(self, *, whole_page: bool = False) -> bytes:
        """Take a picture of what is shown (JPEG, small enough to stand in every report)."""
        with self.waiting("a picture of it") as milliseconds:
            return self.page.screenshot(
                full_page=whole_page, animations="disabled", type="jpeg", quality=50, timeout=milliseconds
            )

    def violations(self, region: Locator | None = None, within: float | None = None) -> tuple[Violation, ...]:
        """Check the WCAG 2.2 A and AA rules on the region, or on the whole page."""
        return violations(self.page, region, self.within if within is None else within)

    def tab_to(self, role: str, name: str | Pattern[str], *, backwards: bool = False) -> FocusStop:
        """Press Tab until this element has the focus. Raises ContractBroken if it is not reached."""
        return self._arrived(tab_to(self.page, role, name, backwards=backwards))

    def tab_to_element(self, element: Locator, role: str, name: str) -> FocusStop:
        """Press Tab until this element has the focus, which is told as `role` and `name`. Raises ContractBroken."""
        return self._arrived(tab_to_element(self.page, element, role, name))

    def tour(self, *, backwards: bool = False) -> Tour:
        """Go with Tab (or Shift+Tab) over everything that takes the focus, until it comes round."""
        gone = tour(self.page, backwards=backwards)
        self.note(f"goes {'backwards ' if backwards else ''}over the page by keyboard: {len(gone.stops)} stops")
        return gone

    def _arrived(self, stop: FocusStop) -> FocusStop:
        shown = " and ".join(part.partition(":")[0] for part in stop.shown_by) or "nothing"
        self.note(f"comes by keyboard to the {stop.role} {stop.name!r}; the focus shows by {shown}")
        return stop

    def has_focus(self, element: Locator) -> bool:
        """Say whether this element has the keyboard focus."""
        return has_focus(self.page, element)

    def press(self, key: str) -> None:
        """Press a key ("Enter", "Space", "ArrowRight")."""
        self.note(f"presses {key}")
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text, key by key, into whatever has the focus."""
        self.page.keyboard.type(text)
