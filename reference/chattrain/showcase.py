"""What a trainee may know of a scenario before training it."""

from collections.abc import Sequence
from typing import Any

from reference.chattrain import clock
from reference.chattrain.catalogue import Entry


class Showcase:
    """Shows a scenario to trainees who have not trained it yet: neither keywords nor lines of the customer."""

    def shown_list(self, entries: Sequence[Entry]) -> list[dict[str, Any]]:
        """Give the scenario list, in the order of `entries`."""
        return [self.shown(entry) for entry in entries]

    def shown(self, entry: Entry) -> dict[str, Any]:
        """Give the list item of a scenario."""
        scenario = entry.scenario
        return {
            "id": entry.number,
            "title": scenario.title,
            "config": {
                "id": scenario.id,
                "title": scenario.title,
                "description": scenario.description,
                "duration_minutes": scenario.duration_minutes,
                "difficulty": scenario.difficulty,
                "documents": [{"filename": item.filename, "title": item.title} for item in scenario.documents],
                "completion": {"min_exchanges": scenario.completion.min_exchanges},
            },
            "updated_at": clock.iso(entry.updated_at),
        }
