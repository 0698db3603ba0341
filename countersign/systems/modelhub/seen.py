"""What one person saw of a transfer, from its start to its end."""

from dataclasses import dataclass

from countersign.systems.modelhub.model import Progress
from countersign.systems.modelhub.sent import PublishedFile, Sent
from countersign.systems.modelhub.socket import Frame


@dataclass(frozen=True)
class Look:
    """One look at a transfer, between the moments `asked` and `told` (monotonic seconds).

    `sent_before` and `sent_after` are the bytes that the source had sent of the model when it was asked right before
    and right after; None where it cannot be asked.
    """

    asked: float
    told: float
    progress: Progress
    sent_before: int | None = None
    sent_after: int | None = None


@dataclass(frozen=True)
class Seen:
    """A transfer as it was seen: every look in its order, the frames about the model, and what the source sent.

    `sent` and `published` are None and empty where the source cannot be asked.
    """

    model_id: str
    looks: tuple[Look, ...]
    frames: tuple[Frame, ...] = ()
    sent: Sent | None = None
    published: tuple[PublishedFile, ...] = ()

    @property
    def last(self) -> Progress:
        """Give what was told last."""
        return self.looks[-1].progress

    @property
    def end(self) -> Look:
        """Give the first look at which it was as it stayed."""
        end = self.looks[-1]
        for look in reversed(self.looks):
            if look.progress.status != end.progress.status:
                break
            end = look
        return end

    @property
    def seconds(self) -> float:
        """Give the time from the first look to its end."""
        return self.end.told - self.looks[0].asked

    @property
    def size(self) -> int:
        """Give the published size in bytes."""
        return sum(file.size for file in self.published)

    def told(self, kind: str) -> list[Frame]:
        """Give the frames of a type, in their order."""
        return [frame for frame in self.frames if frame.type == kind]
