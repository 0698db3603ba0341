"""Persona cards: everybody can be loaded, attributes are synthetic and the same for the same seed."""

import pytest

import personas


def test_the_five_pilot_users_and_the_others_have_cards() -> None:
    assert {"Ben", "Emma", "Chloe", "David", "Aisha", "Mallory", "Olga"} <= set(personas.names())
    pilots = [personas.load(name).card.user_name for name in personas.material("chattrain")["pilot_users"]]
    assert pilots == [f"pilot_user_{number}" for number in range(1, 6)]


def test_attributes_follow_from_the_seed_alone() -> None:
    one, same, other = (personas.load("Ben", seed=seed).attributes for seed in (7, 7, 8))
    assert one == same
    assert one != other
    assert one.email.endswith("@example.org")
    assert one.phone.startswith("+1-555-01")


def test_nobody_without_a_card_acts() -> None:
    with pytest.raises(LookupError, match="nobody called Zoe has a card"):
        personas.load("Zoe")
