"""Predictions begin in turn, and everything else comes in between."""

import asyncio

from reference.common.around import Message, Receive, Scope, Send
from reference.medassist.rest.turns import predictions_in_turn


def test_a_crowd_of_predictions_leaves_room_for_others() -> None:
    begun: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        begun.append(scope["path"].rpartition("/")[2])

    async def nothing(message: Message | None = None) -> Message:
        return {}

    async def others() -> None:
        while begun.count("predict") < 5:
            await around({"type": "http", "path": "/api/health"}, nothing, nothing)  # type: ignore[arg-type]
            await asyncio.sleep(0)

    around = predictions_in_turn(app)

    async def crowd() -> None:
        prediction = {"type": "http", "path": "/api/models/symptom_analyzer/predict"}
        predictions = (around(dict(prediction), nothing, nothing) for _ in range(5))  # type: ignore[arg-type]
        await asyncio.gather(*predictions, others())

    asyncio.run(crowd())
    between = "".join(name[0] for name in begun).strip("h").split("p")[1:-1]
    assert begun.count("predict") == 5 and all(between)


def test_nobody_waits_behind_one_who_went_away() -> None:
    async def scenario() -> list[bool]:
        around = predictions_in_turn(_accept)
        scope = {"type": "http", "path": "/api/models/m/predict"}
        tasks = [asyncio.ensure_future(around(scope, None, None)) for _ in range(3)]  # type: ignore[arg-type]
        await asyncio.sleep(0)
        tasks[1].cancel()
        await asyncio.wait(tasks, timeout=2)
        return [task.done() and not task.cancelled() for task in tasks]

    async def _accept(scope: Scope, receive: Receive, send: Send) -> None:
        return None

    assert asyncio.run(scenario()) == [True, False, True]
