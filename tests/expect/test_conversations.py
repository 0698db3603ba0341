"""Customers, the pilot as a whole, and long silences."""

from dataclasses import replace

from hamcrest import assert_that

from countersign.expect.chattrain import customers, exchange
from countersign.expect.chattrain.customers import Customer, TriedTraining
from countersign.expect.chattrain.pilot import PilotRound, Trained, completed_at_least, unchanged
from countersign.expect.pauses import LongTraining, Silence, lasting, unbroken
from expect.frames import rated, said_of

CUSTOMER = Customer(
    "claims", "I had a car accident.", ("Yes.", "No.", "My neck hurts."), 0, ("accident", "car"), ("password",)
)
DONE, OPEN = Trained("Ben", "claims", (96, 100), ""), Trained("Emma", "claims", (40,), "its end was not announced")


def test_a_customer_opens_with_the_own_problem() -> None:
    assert_that(CUSTOMER, customers.opening_with_own_problem())
    carefree = replace(CUSTOMER, opening="I do not care.")
    assert said_of(customers.opening_with_own_problem(), carefree) == (
        "the customer of claims opens with 'I do not care.'"
    )
    assert said_of(customers.opening_with_own_problem(), replace(CUSTOMER, opening=" ")) == (
        "the customer of claims opens with nothing"
    )


def test_two_customers_open_differently() -> None:
    assert_that([CUSTOMER, replace(CUSTOMER, opening="I cannot log in.")], customers.opening_differently())
    assert said_of(customers.opening_differently(), [CUSTOMER, CUSTOMER]) == "2 trainings have 1 openings"
    assert not customers.opening_differently().matches([CUSTOMER])


def test_a_customer_has_several_things_to_say() -> None:
    assert_that(CUSTOMER, customers.replying_differently(3))
    assert said_of(customers.replying_differently(3), replace(CUSTOMER, replies=("Hm.",) * 6)) == (
        "6 replies in claims were 1 different ones, first 'Hm.'"
    )
    assert "2 replies of the customer of claims were notices" in said_of(
        customers.replying_differently(3), replace(CUSTOMER, notices=2)
    )


def test_a_customer_stays_in_the_training() -> None:
    assert_that(CUSTOMER, customers.staying_in_the_training())
    assert said_of(customers.staying_in_the_training(), replace(CUSTOMER, replies=("My password is gone.",))) == (
        "the customer of claims says 'My password is gone.'"
    )


def test_a_line_that_could_not_be_said_is_not_rated() -> None:
    assert said_of(exchange.rated(), None) == "no further line could be said"


def test_a_training_replies_rates_and_rewards() -> None:
    assert_that(TriedTraining("Claims", rated()), customers.replying_and_rating())
    assert_that(TriedTraining("Claims", rated(score=1)), customers.rewarding())
    assert said_of(customers.replying_and_rating(), TriedTraining("Claims", rated(reply=" "))) == (
        "in 'Claims' the reply was empty"
    )
    assert said_of(customers.rewarding(), TriedTraining("Claims", rated(score=0))) == "in 'Claims' it earned 0"


def test_enough_trainings_are_completed() -> None:
    assert_that(PilotRound((DONE, DONE, OPEN), (), 2), completed_at_least(2, 3))
    assert said_of(completed_at_least(2, 3), PilotRound((DONE, OPEN, OPEN), (), 1)) == (
        "1 were; claims of Emma: its end was not announced"
    )
    assert said_of(completed_at_least(2, 3), PilotRound((DONE, DONE), (), 1)) == "2 trainings were begun"


def test_no_training_changes_another() -> None:
    assert_that(PilotRound((DONE,), (), 1), unchanged())
    assert said_of(unchanged(), PilotRound((DONE,), ("Ben's reads differently",), 1)) == "Ben's reads differently"
    assert "no pilot user came so far" in said_of(unchanged(), PilotRound((OPEN,), (), 0))


def test_the_lowest_training_of_a_round_is_found() -> None:
    assert PilotRound((DONE, OPEN), (), 0).lowest == (40,)
    assert PilotRound((DONE, OPEN), (), 0).averages == [98.0, 40.0]
    assert PilotRound((), (), 0).lowest == ()


def test_a_silence_leaves_the_connection_open() -> None:
    assert_that(Silence(60, 60), unbroken())
    assert said_of(unbroken(), Silence(60, 25.02, "with code 1001")) == (
        "in a silence of 60 s the system closed the connection after 25.0 s, with code 1001"
    )


def test_a_long_training_lasts_on_one_connection() -> None:
    long = LongTraining((Silence(60, 60),), 6, 1, 2.51)
    assert_that(long, lasting(2.5, 6))
    assert said_of(lasting(2.5, 6), replace(long, answers=2)) == "only 2 answers were rated"
    assert said_of(lasting(2.5, 6), replace(long, connections=2)) == "it needed 2 connections"
    assert said_of(lasting(30, 6), long) == "it took 2.51 minutes"
