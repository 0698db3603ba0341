"""Persona cards: one YAML file a person, read once, checked, and dressed with synthetic attributes."""

import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

FOLDER = Path(__file__).parent

Ability = Literal["mouse", "keyboard", "screen reader", "fast typing", "slow line"]


class Card(BaseModel):
    """What a card says. `patience_seconds` is how long the person waits for an answer before giving up."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    role: str
    tag: str = Field(pattern=r"^[a-z][a-z-]*$")
    user_name: str = Field(default="", pattern=r"^[A-Za-z0-9._-]{0,60}$")
    goal: str
    patience_seconds: float = Field(gt=0)
    abilities: tuple[Ability, ...] = ("mouse", "keyboard")


@dataclass(frozen=True)
class Attributes:
    """Synthetic personal data (Faker): the same for the same seed and name, never those of a real person."""

    full_name: str
    email: str
    phone: str
    town: str


@dataclass(frozen=True)
class Persona:
    """A person with their card; the attributes are drawn from the seed when somebody asks for them."""

    card: Card
    seed: int = 0

    @property
    def attributes(self) -> Attributes:
        """Synthetic personal data of this person, the same for the same seed."""
        return _attributes(self.name, self.seed)

    @property
    def name(self) -> str:
        """First name, as the features call the person."""
        return self.card.name

    @property
    def role(self) -> str:
        """`<system>.<role>`, which decides what the person can do."""
        return self.card.role


@cache
def _cards() -> dict[str, Card]:
    cards: dict[str, Card] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        try:
            card = Card(**yaml.safe_load(path.read_text(encoding="utf-8")))
        except (ValidationError, TypeError, yaml.YAMLError) as error:
            raise ValueError(f"personas/{path.name}: {error}") from error
        cards[card.name] = card
    return cards


def names() -> list[str]:
    """Name everybody who has a card."""
    return sorted(_cards())


def load(name: str, *, seed: int = 0) -> Persona:
    """Give the person of this name with attributes drawn from the seed.

    Raises LookupError naming the known people if there is no such card.
    """
    card = _cards().get(name)
    if card is None:
        raise LookupError(f"nobody called {name} has a card in personas/; known are {', '.join(names())}")
    return Persona(card, seed)


@cache
def _attributes(name: str, seed: int) -> Attributes:
    from faker import Faker  # slow to load, and most runs never ask

    faker = Faker("en_US")
    faker.seed_instance(zlib.crc32(f"{seed}:{name}".encode()))
    return Attributes(
        full_name=f"{name} {faker.last_name()}",
        email=f"{name.lower()}.{faker.word()}@example.org",
        phone=f"+1-555-{faker.numerify('01##')}",
        town=faker.city(),
    )
