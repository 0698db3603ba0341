"""Fresh ids: UUIDs of version 4, without a call of the operating system for each."""

import random
import secrets
from uuid import UUID

_draw = random.Random(secrets.randbits(256))


def fresh_id() -> str:
    """Give an id that nobody had before. It is no secret: who guesses one still has no right to what it names."""
    return str(UUID(int=_draw.getrandbits(128), version=4))
