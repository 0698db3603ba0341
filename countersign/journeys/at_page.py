"""Somebody at a page: what all people with a window of the run's browser have in common."""

from typing import TYPE_CHECKING, Any

from countersign.errors import SuiteError

if TYPE_CHECKING:
    from countersign.transport.browser import Window


class AtPage:
    """Somebody with a window. A picture of the page as it was at the end is always part of the evidence."""

    def __init__(self, stage: Any, name: str, window: "Window") -> None:
        self.stage = stage
        self.name = name
        self.window = window
        stage.at_end(self.leaves, f"closing the window of {name}")

    def must_be(self, name: str) -> None:
        """Raise SuiteError if it is not the person whom the sentence names."""
        if name != self.name:
            raise SuiteError(f"{self.name} is at the page, not {name}; mend the sentence")

    def picture(self, name: str) -> None:
        """Put a picture of what is shown into the evidence."""
        self.stage.attach(name, self.window.screenshot(), "image/jpeg")

    def leaves(self) -> None:
        """Take a last picture and close the window, whatever became of the page."""
        try:
            if not self.window.page.is_closed():
                self.picture(f"the page of {self.name} at the end")
        finally:
            self.window.close()
