"""Have the scripted AI behave in a way for a while; it is undone for sure, and scripts of others are left alone."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from countersign.systems.scripted_ai import ScriptedAi, script


def scripted_ai(stage: Any) -> ScriptedAi:
    """Give the scripted AI of the scenario's system, the same all through the scenario.

    Raises CapabilityMissing where the target has none.
    """
    stage.need("scripted-ai")
    ai: ScriptedAi = stage.shared(ScriptedAi, lambda: _opened(stage))
    return ai


def _opened(stage: Any) -> ScriptedAi:
    ai = ScriptedAi(stage.system(), stage.recorder)
    stage.at_end(ai.close, "closing the scripted AI")
    return ai


class Binding:
    """Scripts that are bound until `undo` is called, at the latest at the end of the scenario."""

    def __init__(self, stage: Any, *scripts: Mapping[str, Any]) -> None:
        self._ai = scripted_ai(stage)
        self._names: list[str] = []
        stage.at_end(self.undo, "removing bound scripts of the AI")
        self._names = self._ai.bind(*scripts)

    def undo(self) -> None:
        """Remove the scripts; doing so again changes nothing."""
        self._ai.unbind(self._names)
        self._names = []


def bind(stage: Any, do: str, **conditions: Any) -> Binding:
    """Have the AI behave in a way for some calls (conditions and details as for `script`) until `undo` or the end."""
    return Binding(stage, script(do, **conditions))


@contextmanager
def bound(stage: Any, do: str, **conditions: Any) -> Iterator[Binding]:
    """Have the AI behave in a way for some calls (as `bind`) as long as the block lasts."""
    binding = bind(stage, do, **conditions)
    try:
        yield binding
    finally:
        binding.undo()


@contextmanager
def by_default(stage: Any, do: str, **details: Any) -> Iterator[ScriptedAi]:
    """Have the AI behave in a way in all calls that nothing else decides, as long as the block lasts.

    This touches everybody on the system: for scenarios that run alone.
    """
    ai = scripted_ai(stage)
    former = [ai.default()]
    stage.at_end(lambda: _restore(ai, former), "restoring the default of the AI")
    ai.set_default({"do": do, **details})
    try:
        yield ai
    finally:
        _restore(ai, former)


def _restore(ai: ScriptedAi, former: list[Mapping[str, Any]]) -> None:
    if former:
        ai.set_default(former[0])
        former.clear()
