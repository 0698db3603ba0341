"""The verdict in one sentence that an owner understands."""

from collections.abc import Mapping, Sequence

from countersign.verdict.bands import percent
from countersign.verdict.results import CriterionVerdict, Overall, ScenarioVerdict, SystemVerdict


def headline_of(
    overall: Overall,
    systems: Mapping[str, SystemVerdict],
    criteria: Sequence[CriterionVerdict],
    scenarios: Sequence[ScenarioVerdict],
    problems: Sequence[str],
) -> str:
    """Say what the run means for the signature, with the figures that decide it."""
    if overall == "problem":
        return _problem(scenarios, criteria, problems)
    if overall == "partial":
        return _partial(scenarios)
    if overall == "green":
        return _green(systems)
    opening = "Sign-off is refused" if overall == "red" else "Not ready to sign"
    reasons = [
        f"in {name} {system.why} ({system.verified} of {system.total} verified, {percent(system.share)})"
        for name, system in systems.items()
        if system.band == overall
    ]
    return f"{opening}: {'; '.join(reasons)}."


def _green(systems: Mapping[str, SystemVerdict]) -> str:
    verified = sum(system.verified for system in systems.values())
    total = sum(system.total for system in systems.values())
    waived = sum(system.waived for system in systems.values())
    names = _listed(list(systems))
    spared = f"; {waived} {'criterion is' if waived == 1 else 'criteria are'} waived" if waived else ""
    musts = "every must criterion not waived is among them" if waived else "every must criterion is among them"
    return (
        f"{names} can be signed: {verified} of {total} criteria were verified on the running system "
        f"({percent(verified / total)}), and {musts}{spared}."
    )


def _partial(scenarios: Sequence[ScenarioVerdict]) -> str:
    total = len(scenarios)
    passed = sum(scenario.outcome == "passed" for scenario in scenarios)
    failed = sum(scenario.outcome == "failed" for scenario in scenarios)
    rest = total - passed - failed
    selected = "1 scenario was selected" if total == 1 else f"{total} scenarios were selected"
    if passed == total:
        held = "it was verified" if total == 1 else f"all {total} were verified"
        return f"Only a part was run, so there is no verdict on readiness: {selected} and {held}."
    parts = [f"{passed} verified", f"{failed} refuted" if failed else "", f"{rest} not verified" if rest else ""]
    counts = ", ".join(part for part in parts if part)
    return f"Only a part was run, so there is no verdict on readiness: {selected} ({counts})."


def _problem(
    scenarios: Sequence[ScenarioVerdict], criteria: Sequence[CriterionVerdict], problems: Sequence[str]
) -> str:
    ended = sum(scenario.ended for scenario in scenarios)
    refuted = sum(criterion.status == "refuted" for criterion in criteria)
    first = problems[0].rstrip(".") if problems else "The run touched no system"
    more = f" (and {len(problems) - 1} more problems)" if len(problems) > 2 else ""
    more = " (and 1 more problem)" if len(problems) == 2 else more
    reached = f" {ended} of {len(scenarios)} planned scenarios came to an end." if ended < len(scenarios) else ""
    against = f" {refuted} {'criterion is' if refuted == 1 else 'criteria are'} refuted so far." if refuted else ""
    return f"This run cannot be signed. {first}{more}.{reached}{against}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
