"""Bounded waits on a page, and Playwright's errors in the suite's own words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, Page, TimeoutError

from countersign.errors import DeadlineExceeded, SystemUnreachable

_LAST_LOOK = 1.0
"""Seconds for the look at a page that has already used up its time."""
_SHOWN = 300


@contextmanager
def waiting(page: Page, what: str, within: float) -> Iterator[float]:
    """Give the time of a wait in milliseconds; its end raises DeadlineExceeded with what the page showed last."""
    try:
        yield within * 1000
    except TimeoutError as error:
        raise DeadlineExceeded(f"{what}: expected within {within:g} s; last seen: {_last_seen(page)}") from error
    except Error as error:
        if "net::ERR_" in error.message:
            reason = error.message.partition("net::")[2].split()[0]
            raise SystemUnreachable(f"{what}: the browser got no page from {page_address(error)} ({reason})") from error
        raise


def ask(page: Page, function: str, argument: Any, what: str, within: float) -> Any:
    """Call a function in the page and give its JSON value, also when a busy page never answers.

    `function` is JavaScript text of a function of one argument and may be async. Raises DeadlineExceeded.
    """
    # Playwright's evaluate() has no end on a page whose script never yields; this wait has one.
    with waiting(page, what, within) as milliseconds:
        handle = page.wait_for_function(
            f"async (argument) => [await ({function})(argument)]", arg=argument, timeout=milliseconds
        )
        value = handle.json_value()
        handle.dispose()
    return value[0]


def page_address(error: Error) -> str:
    """Give the address named in an error of a navigation."""
    return error.message.partition(" at ")[2].split("\n")[0].strip() or "its address"


def _last_seen(page: Page) -> str:
    """Describe what the page shows: its path and the beginning of its text."""
    if page.is_closed():
        return "the page was closed"
    path = urlsplit(page.url).path
    try:
        text = " ".join(page.locator("body").inner_text(timeout=_LAST_LOOK * 1000).split())
    except Error:
        return f"{path}, which does not answer"
    return f"{path} showing {text[:_SHOWN]!r}" if text else f"{path}, empty"
