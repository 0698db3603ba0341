"""What is found after parts of the hub were away."""

from collections.abc import Sequence
from dataclasses import dataclass

from countersign.expect.modelhub.arrivals import Arrived
from countersign.expect.modelhub.orders import Found
from countersign.expect.modelhub.whole import Whole


@dataclass(frozen=True)
class Aftermath:
    """When everything was whole again, every confirmed generation, and every download that was under way."""

    whole: Whole
    orders: Sequence[Found]
    downloads: Sequence[Arrived]
