"""The stage of one scenario: who acts, on which systems, what was seen, what was measured, what must be undone."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import personas
from countersign.errors import CapabilityMissing, SuiteError
from countersign.evidence import Recorder
from countersign.journeys import cast_actor
from countersign.target.live import LiveSystem
from countersign.verdict.records import Measured, Planned, Relation

if TYPE_CHECKING:
    from countersign.suite.lasting import Lasting
    from countersign.suite.run import Run
    from countersign.transport.browser import Browser

T = TypeVar("T")
SERIES_POINTS = 200


class Stage:
    """What the steps of one scenario share. Made before its first step, closed after its last one.

    `made` counts what was made in the system and cannot be removed again, by what it is ("training sessions").
    """

    def __init__(self, run: "Run", planned: Planned, number: int) -> None:
        self.run = run
        self.planned = planned
        self.tag = f"{run.tag}{number:03d}"
        self.recorder: Recorder = run.new_recorder()
        self.measurements: list[Measured] = []
        self.attachments: list[tuple[str, bytes, str]] = []
        self.made: Counter[str] = Counter()
        self._systems: dict[str, LiveSystem] = {}
        self._actors: dict[str, Any] = {}
        self._kept: dict[type[Any], Any] = {}
        self._undo: list[tuple[Callable[[], object], str]] = []

    @property
    def options(self) -> Any:
        """The options the run was started with."""
        return self.run.options

    def actor(self, name: str) -> Any:
        """Give the person of this name as an actor of the scenario's system; the same one all through the scenario."""
        if name not in self._actors:
            self._actors[name] = cast_actor(self, personas.load(name, seed=self.run.options.seed))
        return self._actors[name]

    def system(self, name: str = "") -> LiveSystem:
        """Give the opened system of this name (of the scenario's system tag by default).

        What is done to it on purpose is noted in the evidence of this scenario.
        """
        name = name or self.planned.system
        if name not in self._systems:
            system = self.run.systems[name]
            control = system.control.noting(self.recorder) if system.control else None
            self._systems[name] = replace(system, control=control)
        return self._systems[name]

    def browser(self) -> "Browser":
        """Give the run's browser. Its first window raises CapabilityMissing where there is no browser."""
        return self.run.browsing.get()

    def need(self, *capabilities: str) -> None:
        """Raise CapabilityMissing unless the scenario's system has them all."""
        system = self.system()
        for name in capabilities:
            if name not in system.capabilities:
                raise CapabilityMissing(f"{system.name} has no {name}: {system.missing.get(name, 'not offered')}")

    def keep(self, result: T) -> T:
        """Remember a result for later sentences, by its type; a later one of the same type replaces it."""
        self._kept[type(result)] = result
        return result

    def the(self, kind: type[T]) -> T:
        """Give the result of this type that an earlier sentence kept. Raises SuiteError if there is none."""
        if kind not in self._kept:
            raise SuiteError(f"no earlier sentence of this scenario brought a {kind.__name__}; add one before this")
        result: T = self._kept[kind]
        return result

    def shared(self, kind: type[T], make: Callable[[], T]) -> T:
        """Give the one object of this type that the scenario shares; it is made when somebody first asks."""
        if kind not in self._kept:
            self._kept[kind] = make()
        result: T = self._kept[kind]
        return result

    @property
    def lasting(self) -> "Lasting":
        """What the scenarios of the run share."""
        return self.run.lasting

    def measure(
        self,
        name: str,
        value: float,
        unit: str,
        *,
        samples: int,
        limit: float | None = None,
        limit_to: float | None = None,
        relation: Relation = "reported",
        required_samples: int = 1,
        statistic: str = "",
        load: str = "",
        criteria: Sequence[str] = (),
        series: Sequence[float] = (),
        cell: tuple[str, str, str] | None = None,
    ) -> float:
        """Journal a figure (see `Measured`) and give the value back, so that a matcher can judge it."""
        step = max(1, len(series) // SERIES_POINTS)
        record = Measured(
            key=self.planned.key,
            name=name,
            value=round(value, 4),
            unit=unit,
            samples=samples,
            limit=limit,
            limit_to=limit_to,
            relation=relation,
            required_samples=required_samples,
            statistic=statistic,
            load=load,
            criteria=tuple(criteria),
            series=tuple(round(point, 4) for point in series[::step]),
            cell=cell or (),
        )
        self.measurements.append(record)
        self.run.journal.write(record)
        return value

    def attach(self, name: str, body: bytes, mime: str) -> None:
        """Add a file (a screenshot, say) to the evidence of the scenario."""
        self.attachments.append((name, body, mime))

    def may_take(self, seconds: float) -> None:
        """Allow the scenario so many seconds from now (times the target's patience) where a criterion is long."""
        self.run.watchdog.allow(seconds * self.system().patience)

    def at_end(self, undo: Callable[[], object], what: str) -> None:
        """Have this done when the scenario is over, last in first out, also when it failed."""
        self._undo.append((undo, what))

    def close(self) -> list[str]:
        """Undo what must be undone; give a sentence for everything that could not be."""
        failures: list[str] = []
        while self._undo:
            undo, what = self._undo.pop()
            try:
                undo()
            except Exception as error:  # noqa: BLE001 - one failing clean-up must not keep the others from running
                failures.append(f"{what} failed: {error}")
        return failures
