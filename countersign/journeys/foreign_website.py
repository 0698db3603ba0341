"""What a foreign website does with the browser of somebody who visits it: asks beforehand, and asks."""

from collections.abc import Callable, Sequence

from countersign.expect.trespass import CrossSite
from countersign.transport.answer import Answer


def asks_from(
    ask: Callable[..., Answer], origin: str, places: Sequence[tuple[str, str]], *, names: str, cookie: str = ""
) -> list[CrossSite]:
    """Ask for each place (method, path) as a browser does for a website at `origin`; give what the browser is told.

    `names` are the header names a website would want to send. What can be read without asking beforehand (GET) is also
    asked for directly, with a cookie as browsers send it.
    """
    answers = []
    for method, path in places:
        wish = {
            "Origin": origin,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": names,
        }
        asked = [("asking beforehand for", ask("OPTIONS", path, headers=wish))]
        if method == "GET":
            simple = {"Origin": origin, **({"Cookie": cookie} if cookie else {})}
            asked.append(("the answer to", ask("GET", path, headers=simple)))
        answers += [
            CrossSite(origin, f"{words} {method} {path}", answer.headers.get("access-control-allow-origin", ""))
            for words, answer in asked
        ]
    return answers
