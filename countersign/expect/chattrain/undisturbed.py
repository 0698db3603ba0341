"""Match the work of somebody who must not notice what goes wrong elsewhere."""

from typing import Any

from countersign.expect.lacking import Lacking


class Undisturbed(Lacking[Any]):
    """See `undisturbed`."""

    expected = "somebody who uses the rest of the system without an error"

    def lack(self, item: Any) -> str:
        """Say what was wrong, and after how many good calls."""
        if item.calls and not item.trouble:
            return ""
        return f"after {item.calls} good calls: {item.trouble or 'nothing was asked at all'}"


def undisturbed() -> Undisturbed:
    """Match work (calls, trouble) of which every call was answered well."""
    return Undisturbed()
