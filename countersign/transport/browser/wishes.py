"""What a person asks of every page by the settings of the browser: own colours, less motion, larger text."""

from playwright.sync_api import CDPSession, Page

USUAL_TEXT = 16
"""CSS pixels of text where nobody asked for another size."""


class Wishes:
    """The settings of one window."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session: CDPSession | None = None
        self._text_times = 1.0

    def ask_for(self, *, forced_colors: bool, less_motion: bool, text_times: float) -> None:
        """Put the settings in force, also for the page that is shown.

        The size of text is the one of the browser's settings, which a page follows by measuring in its units; it is
        not the zoom, which enlarges whatever a page does.
        """
        self._page.emulate_media(
            forced_colors="active" if forced_colors else "none",
            reduced_motion="reduce" if less_motion else "no-preference",
        )
        if text_times != self._text_times:
            # The session stays open: the setting ends with it.
            self._session = self._session or self._page.context.new_cdp_session(self._page)
            sizes = {"standard": round(USUAL_TEXT * text_times), "fixed": round(13 * text_times)}
            self._session.send("Page.setFontSizes", {"fontSizes": sizes})
            self._text_times = text_times
