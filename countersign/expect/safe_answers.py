"""Matchers for what answers carry to protect the browser that reads them."""

from dataclasses import dataclass

from countersign.expect.lacking import Lacking
from countersign.transport.answer import Answer


@dataclass(frozen=True)
class Protected:
    """An answer, by what it is of: the API (nobody keeps it) or a page (it says what the page may do).

    `framed` is one that also says that no other website may show it inside its own, nor learn where a reader came from.
    """

    answer: Answer
    of_api: bool = False
    page: bool = False
    framed: bool = False


class ProtectsItsReader(Lacking[Protected]):
    """See `protects_its_reader`."""

    expected = "an answer that protects the browser which reads it"

    def lack(self, item: Protected) -> str:
        """Say which protection is missing."""
        headers, what = item.answer.headers, f"{item.answer.what} ({item.answer.status})"
        if headers.get("x-content-type-options", "").lower() != "nosniff":
            return f"{what} lets its type be guessed (no nosniff)"
        if item.of_api and "no-store" not in headers.get("cache-control", "").lower():
            return f"{what} may be kept by the browser (Cache-Control {headers.get('cache-control', '')!r})"
        if item.page and not headers.get("content-security-policy"):
            return f"{what} says nothing of what the page may do (no Content-Security-Policy)"
        if item.framed and headers.get("x-frame-options", "").upper() != "DENY":
            return f"{what} may be shown inside another website (X-Frame-Options)"
        if item.framed and not headers.get("referrer-policy"):
            return f"{what} does not say whether others learn where its reader came from (no Referrer-Policy)"
        return ""


def protects_its_reader() -> ProtectsItsReader:
    """Match an answer with nosniff; with no-store if it is of the API, with a content policy if it is a page.

    One that is `framed` has X-Frame-Options: DENY and a Referrer-Policy too.
    """
    return ProtectsItsReader()


class SafeCookies(Lacking[Protected]):
    """See `safe_cookies`."""

    expected = "no cookie that a script of the page or another website could use"

    def lack(self, item: Protected) -> str:
        """Name the first cookie that is not safe."""
        for cookie in _cookies(item.answer):
            name, *attributes = (part.strip() for part in cookie.split(";"))
            named = {attribute.partition("=")[0].lower() for attribute in attributes}
            missing = [wanted for wanted in ("HttpOnly", "SameSite") if wanted.lower() not in named]
            if missing:
                return f"{item.answer.what} sets the cookie {name.partition('=')[0]!r} without {', '.join(missing)}"
        return ""


def safe_cookies() -> SafeCookies:
    """Match an answer that sets no cookie, or cookies with HttpOnly and SameSite only."""
    return SafeCookies()


def _cookies(answer: Answer) -> list[str]:
    listed = getattr(answer.headers, "get_list", None)
    if listed is not None:
        return list(listed("set-cookie"))
    return [answer.headers["set-cookie"]] if "set-cookie" in answer.headers else []
