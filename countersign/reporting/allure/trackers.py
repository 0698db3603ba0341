"""Allure embeds a usage tracker in its pages. Patients' data must not meet it: it is taken out, and that is checked."""

import base64
import re

from countersign.reporting.allure.node import AllureNotRendered

HOSTS = ("googletagmanager.com", "google-analytics.com", "analytics.google.com", "doubleclick.net")

_EMBEDDED = re.compile(r"data:[\w/+.-]*(?:javascript|html)[^,\"']*;base64,([A-Za-z0-9+/=]+)")
_LOADER = re.compile(r"<script[^>]*\bsrc=[\"'][^\"']*googletagmanager\.com[^>]*>\s*</script>", re.IGNORECASE)
_STARTER = re.compile(r"<script>(?:(?!</script>).)*?\bgtag\((?:(?!</script>).)*</script>", re.IGNORECASE | re.DOTALL)


def without_trackers(page: str) -> str:
    """Give the page without the tracker's scripts. Raises AllureNotRendered if a tracker's host is still named."""
    clean = _STARTER.sub("", _LOADER.sub("", page))
    embedded = (base64.b64decode(found[1]).decode("utf-8", "replace") for found in _EMBEDDED.finditer(clean))
    readable = "".join([clean, *embedded])
    left = [host for host in HOSTS if host in readable]
    if left:
        raise AllureNotRendered(
            f"the rendered page still names {', '.join(left)}: the installed Allure is not the one pinned in "
            "reports/allure/package-lock.json; run `make setup`"
        )
    return clean
