"""A page looked at for barriers, part by part, in several sizes of the window."""

from collections.abc import Iterator

from countersign.errors import SystemFault
from countersign.expect.page_access import PartsSeen
from countersign.journeys.at_page import AtPage

Sizes = dict[str, tuple[int, int]]
"""Widths and heights of the window by their names in the report; the way goes on in the first one."""


def looks_for_barriers(person: AtPage, way: Iterator[str], sizes: Sizes) -> PartsSeen:
    """Look at each part of the way. A page that lets nobody on ends it; what was seen until then counts."""
    barriers: dict[str, tuple[str, ...]] = {}
    try:
        for part in way:
            barriers[part] = tuple(_barriers(person, sizes))
            person.stage.recorder.say(f"{part}: {len(barriers[part])} barriers", body="\n".join(barriers[part]))
            person.picture(part)
    except SystemFault as fault:
        return PartsSeen(barriers, str(fault))
    return PartsSeen(barriers)


def _barriers(person: AtPage, sizes: Sizes) -> Iterator[str]:
    from countersign.systems.pages.access import too_wide_by

    for name, size in reversed(sizes.items()):  # the first one, in which the way goes on, comes last
        person.window.resize(*size)
        yield from (f"{violation}, {name}" for violation in person.window.violations())
        if (pixels := too_wide_by(person.window)) > 0:
            yield f"it has to be scrolled to the side ({pixels} pixels too wide), {name}"
