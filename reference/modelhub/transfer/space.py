"""The room that is left while bytes arrive."""

import time

from reference.modelhub.models.folder import ModelsFolder
from reference.modelhub.transfer.failures import Failure

LOOK_SECONDS = 0.3


class SpaceGuard:
    """Stops what does not fit any more."""

    def __init__(self, folder: ModelsFolder) -> None:
        """Watch `folder`."""
        self._folder = folder
        self.capacity: int | None = None
        """Bytes that the folder may hold; None until it is known."""
        self._left = 0
        self._looked_at = float("-inf")

    def take(self, size: int) -> None:
        """Take room for `size` bytes. Raises Failure."""
        if self.capacity is None:
            return
        if time.monotonic() - self._looked_at > LOOK_SECONDS:
            self._look(self.capacity)
        if self._left < size:
            self._look(self.capacity)  # room may have been made since, as by a clean-up
        if self._left < size:
            raise Failure("disk_full")
        self._left -= size

    def _look(self, capacity: int) -> None:
        self._left = capacity - self._folder.used()
        self._looked_at = time.monotonic()
