"""Match the work of somebody who must not notice what goes wrong elsewhere."""

from typing import Any

from hamcrest.core.base_matcher import BaseMatcher
from hamcrest.core.description import Description


class Undisturbed(BaseMatcher[Any]):
    """See `undisturbed`."""

    def _matches(self, item: Any) -> bool:
        return not item.trouble and item.calls > 0

    def describe_to(self, description: Description) -> None:
        description.append_text("the rest of the system answering without an error")

    def describe_mismatch(self, item: Any, mismatch_description: Description) -> None:
        mismatch_description.append_text(f"after {item.calls} good calls: {item.trouble or 'nothing was asked at all'}")


def undisturbed() -> Undisturbed:
    """Match work (calls, trouble) of which every call was answered well."""
    return Undisturbed()
