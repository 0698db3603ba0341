"""A real browser on the pages of a live system: windows that are watched, recorded, bounded and kept off the network.

Synchronous Playwright stays on the thread that started it: open and use windows on the main thread only.
"""

from countersign.transport.browser.accessibility import Violation
from countersign.transport.browser.choice import BrowserChoice, find_browser, need_browser
from countersign.transport.browser.engine import Browser
from countersign.transport.browser.keyboard import FocusStop
from countersign.transport.browser.observed import ConsoleLine, Observed, PageRequest, SocketFrame
from countersign.transport.browser.touring import Tour, TourStop
from countersign.transport.browser.window import Window

__all__ = [
    "Browser",
    "BrowserChoice",
    "ConsoleLine",
    "FocusStop",
    "Observed",
    "PageRequest",
    "SocketFrame",
    "Tour",
    "TourStop",
    "Violation",
    "Window",
    "find_browser",
    "need_browser",
]
