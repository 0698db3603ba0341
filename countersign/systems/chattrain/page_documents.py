"""The reference documents beside the chat, as a person reads them."""

from urllib.parse import urldefrag, urljoin, urlsplit

from countersign.systems.chattrain.page_model import DocumentShown, DocumentTab
from countersign.transport.browser import Window

OPEN_WITHIN = 10.0
"""Seconds; longer than the limits of the criteria, so that what comes late is measured and not only missed."""


class DocumentsBeside:
    """The region with one tab per document and the panel of the open one."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.region = window.page.get_by_role("region", name="Reference Documents", exact=True)

    def tabs(self, within: float = OPEN_WITHIN) -> tuple[DocumentTab, ...]:
        """Read the tabs in their order; waits for the first one."""
        found = self.region.get_by_role("tab")
        self.window.shown(found.first, "the tabs of the reference documents", within)
        return tuple(
            DocumentTab(tab.inner_text().strip(), tab.get_attribute("aria-selected") == "true") for tab in found.all()
        )

    def open(self, name: str, within: float = OPEN_WITHIN) -> DocumentShown:
        """Select a tab by mouse and read what its panel shows."""
        self.window.note(f"opens the document {name!r}")
        with self.window.waiting(f"the tab {name!r}", within) as milliseconds:
            self.region.get_by_role("tab", name=name, exact=True).click(timeout=milliseconds)
        return self.shown(name, within)

    def shown(self, name: str, within: float = OPEN_WITHIN) -> DocumentShown:
        """Read the panel of this tab, once it shows a text, or an embedded file that the page has fetched."""
        what = f"the document {name!r}"
        panel = self.region.get_by_role("tabpanel", name=name, exact=True)
        # The only place where no role helps: an embedded file has none.
        embedded = panel.locator("iframe[src], object[data], embed[src]")
        self.window.shown(embedded.or_(panel.get_by_role("article")).first, what, within)
        text = self.window.text(panel, what)
        if not embedded.count():
            return DocumentShown(name, text)
        source = embedded.first.get_attribute("src") or embedded.first.get_attribute("data") or ""
        address = urldefrag(urljoin(self.window.page.url, source)).url
        return DocumentShown(name, text, address, self._answer_to(address, within))

    def embedded_file(self, document: DocumentShown, within: float = OPEN_WITHIN) -> bytes:
        """Fetch the file that the panel embeds, as the browser does. Raises ContractBroken if it is not served."""
        return self.window.fetch(document.embedded, within)

    def _answer_to(self, address: str, within: float) -> int:
        """Wait for the answer to the page's own request for this address; give its status."""

        def answered() -> int:
            statuses = [request.status for request in self.window.seen.requests if request.url == address]
            assert statuses, "no request for it was answered"
            return statuses[-1]

        return self.window.eventually(answered, within, what=f"the page to fetch {urlsplit(address).path}")
