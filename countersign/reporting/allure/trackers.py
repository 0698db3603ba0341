"""Allure embeds a usage tracker in its pages. Patients' data must not meet it: it is taken out, and that is checked."""

import re

from countersign.reporting.allure.node import AllureNotRendered

HOSTS = ("googletagmanager.com", "google-analytics.com", "analytics.google.com", "doubleclick.net")

_LOADER = re.compile(r"<script[^>]*\bsrc=[\"'][^\"']*googletagmanager\.com[^>]*>\s*</script>", re.IGNORECASE)
_STARTER = re.compile(r"<script>(?:(?!</script>).)*?\bgtag\((?:(?!</script>).)*</script>", re.IGNORECASE | re.DOTALL)


def without_trackers(page: str) -> str:
    """Give the page without the tracker's scripts. Raises AllureNotRendered if a tracker's host is still named."""
    clean = _STARTER.sub("", _LOADER.sub("", page))
    left = [host for host in HOSTS if host in clean]
    if left:
        raise AllureNotRendered(
            f"the rendered page still names {', '.join(left)}: the installed Allure is not the one pinned in "
            "reports/allure/package-lock.json; run `make setup`"
        )
    return clean
