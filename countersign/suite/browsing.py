"""The one browser of a run: started when a scenario first wants a window, stopped with the run."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from countersign.transport.browser import Browser


class RunBrowser:
    """Hold the browser that the scenarios of a run share; each of them opens windows of its own on it.

    A run without page scenarios never loads Playwright. While a browser runs, its thread (the main one) cannot call
    `asyncio.run`: synchronous Playwright keeps an event loop there.
    """

    def __init__(self) -> None:
        self._browser: Browser | None = None

    def get(self) -> "Browser":
        """Give the browser. It starts with its first window, and raises CapabilityMissing there if there is none."""
        if self._browser is None:
            from countersign.transport.browser import Browser

            self._browser = Browser()
        return self._browser

    def close(self) -> str:
        """Stop the browser; give the reason if that failed, or an empty text."""
        browser, self._browser = self._browser, None
        try:
            if browser is not None:
                browser.close()
        except Exception as error:  # noqa: BLE001 - whatever the browser says, the systems must still be stopped
            return f"the browser could not be stopped: {error}"
        return ""
