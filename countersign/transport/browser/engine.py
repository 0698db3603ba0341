"""The browser of a run: started when the first window is wanted, reused, stopped with the run."""

import os
import threading
from functools import wraps
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from playwright._impl._sync_base import SyncBase
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Error, Playwright, ProxySettings, sync_playwright

from countersign.errors import CapabilityMissing, SuiteError, TargetError
from countersign.evidence import Recorder
from countersign.evidence.waiting import waiting
from countersign.transport.browser.choice import BrowserChoice, need_browser
from countersign.transport.browser.window import Window
from countersign.transport.narration import Narrator

_NOWHERE = "http://127.0.0.1:9"
"""A proxy that is not there (the discard port): whatever is not the target's host ends here."""

_QUIET = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-domain-reliability",
)
_STARTED_WITHIN = 30.0


class Browser:
    """A headless Chromium, started lazily and reused; every window has a fresh context.

    Use it on one thread only (the main thread). `choice` is found on first use if not given.

    Examples::

        with Browser() as browser, browser.window(url, system="chattrain", actor="Ben", recorder=recorder) as window:
            window.open("/")
    """

    def __init__(self, choice: BrowserChoice | None = None) -> None:
        self._choice = choice
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._thread = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def choice(self) -> BrowserChoice:
        """The browser in use. Raises CapabilityMissing if there is none on this machine."""
        if self._choice is None:
            self._choice = need_browser()
        return self._choice

    @property
    def running(self) -> bool:
        """Whether it was started and is still alive."""
        return self._chromium is not None and self._chromium.is_connected()

    def window(
        self,
        base_url: str,
        *,
        system: str,
        actor: str,
        recorder: Recorder,
        within: float = 10.0,
        narrator: Narrator | None = None,
        size: tuple[int, int] = (1280, 800),
        own_authority: bool = False,
    ) -> Window:
        """Open a fresh window for one actor on one system.

        `size` is width and height in CSS pixels. Nothing but the host of `base_url` and loopback can be reached.
        `own_authority`: the target names a certificate authority of its own; Chromium cannot be given one for a run,
        so the browser then does not check certificates (the HTTP checks still do).

        Raises CapabilityMissing (no browser, or it does not start).
        """
        host = urlsplit(base_url).hostname
        if not host:
            raise TargetError(f"{system}: {base_url!r} is no address of a page; write it like http://127.0.0.1:3000")
        only: ProxySettings = {"server": _NOWHERE, "bypass": ",".join(dict.fromkeys(["127.0.0.1", "localhost", host]))}
        context = self._start().new_context(
            viewport={"width": size[0], "height": size[1]},
            proxy=only,
            locale="en-US",
            reduced_motion="reduce",
            ignore_https_errors=own_authority,
            accept_downloads=False,
        )
        return Window(
            context, base_url, system=system, actor=actor, recorder=recorder, within=within, narrator=narrator
        )

    def close(self) -> None:
        """Stop the browser. A second call does nothing; a later window would start it anew."""
        chromium, self._chromium = self._chromium, None
        playwright, self._playwright = self._playwright, None
        try:
            if chromium is not None and chromium.is_connected():
                chromium.close()
        finally:
            if playwright is not None:
                playwright.stop()

    def _start(self) -> Chromium:
        here = threading.get_ident()
        if self._playwright is not None and self._thread != here:
            raise SuiteError("a browser works on the thread that started it; open windows on the main thread only")
        if self._chromium is not None and self._chromium.is_connected():
            return self._chromium
        choice = self.choice
        if self._playwright is None:
            self._thread = here
            _count_as_waiting()
            self._playwright = sync_playwright().start()
        self._chromium = _launch(self._playwright, choice)
        return self._chromium


def _launch(playwright: Playwright, choice: BrowserChoice) -> Chromium:
    """Start it, with its sandbox where that can work: never as root, and not in containers that forbid it."""
    wanted = [False] if os.geteuid() == 0 else [True, False]
    problem = ""
    for sandbox in wanted:
        try:
            return playwright.chromium.launch(
                executable_path=choice.path,
                headless=True,
                chromium_sandbox=sandbox,
                args=list(_QUIET),
                proxy={"server": _NOWHERE},
                timeout=_STARTED_WITHIN * 1000,
                # The suite ends the browser itself; a second handler would race with it.
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except Error as error:
            problem = error.message.splitlines()[0]
    raise CapabilityMissing(
        f"the browser {choice.path} ({choice.found_by}) does not start: {problem}; "
        "run it by hand with --headless --version, or name another one with COUNTERSIGN_BROWSER"
    )


def _count_as_waiting() -> None:
    """Count every call into the browser as waiting for the system: the page works meanwhile, the suite does not."""
    original: Any = getattr(SyncBase._sync, "__wrapped__", SyncBase._sync)

    @wraps(original)
    def counted(self: Any, awaitable: Any) -> Any:
        with waiting():
            return original(self, awaitable)

    setattr(SyncBase, "_sync", counted)  # noqa: B010 - the one place all calls of Playwright's sync API pass
