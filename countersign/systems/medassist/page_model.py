"""What people find on the pages of MedAssist, typed, as it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class QueueRow:
    """A row of the patient queue: what stands under each heading of the table."""

    cells: Mapping[str, str]

    def under(self, heading: str) -> str:
        """Give what stands under the first heading that holds this word; empty if there is none."""
        return next((text for name, text in self.cells.items() if heading.lower() in name.lower()), "")
