"""Matchers for runs of the workflows: steps completed, what they told, satisfaction, problems and their end."""

from collections.abc import Iterator, Sequence
from typing import Any

from countersign.expect.lacking import Lacking
from countersign.workflows.met import Trouble, WorkflowRun
from countersign.workflows.satisfaction import by_persona, by_workflow, factors_of, of_the_system

Runs = Sequence[WorkflowRun]


class AllSteps(Lacking[Runs]):
    """See `all_steps_completed`."""

    def __init__(self, runs: int, steps: int) -> None:
        self.runs, self.steps = runs, steps
        self.expected = f"{runs} runs, each with all {steps} steps completed"

    def lack(self, item: Any) -> str:
        """Name the first run that ended too early, and why."""
        if len(item) != self.runs:
            return f"there were {len(item)} runs"
        for run in item:
            if len(run.steps) != self.steps:
                return f"{named(run)} has {len(run.steps)} steps"
            if not run.completed:
                return f"{named(run)} completed {run.done} of {self.steps} steps; {run.first_problem}"
        return ""


def all_steps_completed(runs: int, steps: int) -> AllSteps:
    """Match so many runs with every one of so many steps completed."""
    return AllSteps(runs, steps)


class TenthsOfSteps(Lacking[Runs]):
    """See `steps_completed_in_each`."""

    def __init__(self, least: int, of: int, runs: int) -> None:
        self.least, self.of, self.runs = least, of, runs
        self.expected = f"at least {least} of {of} steps completed in each of {runs} runs"

    def lack(self, item: Any) -> str:
        """Name the first run with too few steps, and the first problem of it."""
        if len(item) != self.runs:
            return f"there were {len(item)} runs"
        for run in item:
            if run.done * self.of < self.least * len(run.steps):
                return f"{named(run)} completed {run.done} of {len(run.steps)} steps; {run.first_problem}"
        return ""


def steps_completed_in_each(least: int, of: int, runs: int) -> TenthsOfSteps:
    """Match so many runs, in each of which at least `least` of `of` steps were completed."""
    return TenthsOfSteps(least, of, runs)


class AllTold(Lacking[Runs]):
    """See `everything_told`."""

    expected = "all information and controls that the steps have to give, present and true"

    def lack(self, item: Any) -> str:
        """Name what is absent or untrue in the first step that lacks something."""
        for run in item:
            if run.untrue:
                return f"{named(run)}: {run.untrue[0]}"
            for step in run.steps:
                if step.lacking:
                    return f"{named(run)}: the step {step.name!r} did not show truly: {', '.join(step.lacking)}"
        return "" if item else "there were no runs"


def everything_told() -> AllTold:
    """Match runs in which each step showed everything it has to, and nothing that was not so."""
    return AllTold()


class WaitKept(Lacking[Runs]):
    """See `waits_kept`."""

    def __init__(self, step: str, times: float) -> None:
        self.step, self.times = step, times
        self.expected = f"waits of at most {times:g} times what was announced"

    def lack(self, item: Any) -> str:
        """Name the first wait that was announced as much shorter."""
        for run in item:
            promise = next((each.promise for each in run.steps if each.name == self.step), None)
            if promise is None or promise.announced is None:
                return f"{named(run)}: no wait was announced, or it never ended"
            if promise.took > self.times * promise.announced:
                return f"{named(run)}: {promise.announced:.1f} s were announced, the wait was {promise.took:.1f} s"
        return "" if item else "there were no runs"


def waits_kept(step: str, times: float) -> WaitKept:
    """Match runs whose wait for a step was at most so many times the announced one."""
    return WaitKept(step, times)


class StepsOfEach(Lacking[Runs]):
    """See `each_completes`."""

    def __init__(self, percent: float, personas: int, runs: int) -> None:
        self.percent, self.personas, self.runs = percent, personas, runs
        self.expected = f"each of {personas} people to complete at least {percent:g} of 100 steps in every workflow"

    def lack(self, item: Any) -> str:
        """Name the first person and workflow with too few steps or runs."""
        people = {run.persona for run in item}
        if len(people) != self.personas:
            return f"{len(people)} people went through them"
        for persona, workflow, its in by_person_and_workflow(item):
            done, steps = sum(run.done for run in its), sum(len(run.steps) for run in its)
            if len(its) < self.runs:
                return f"{persona} went {len(its)} times through {workflow!r}, {self.runs} are needed"
            if done * 100 < self.percent * steps:
                first = next(run.first_problem for run in its if not run.completed)
                return f"{persona} completed {done} of {steps} steps of {workflow!r}; {first}"
        return ""


def each_completes(percent: float, personas: int, runs: int) -> StepsOfEach:
    """Match runs in which every persona completed at least that share of the steps of each workflow."""
    return StepsOfEach(percent, personas, runs)


class Satisfied(Lacking[Runs]):
    """See `satisfied_at_least`."""

    def __init__(self, least: float) -> None:
        self.least = least
        self.expected = f"a satisfaction of at least {least:g} in every workflow, for every person and on average"

    def lack(self, item: Any) -> str:
        """Name the lowest workflow with its factors, or the person or average that is too low."""
        scores = by_workflow(item)
        lowest = min(scores, key=lambda name: scores[name])
        if scores[lowest] < self.least:
            return f"in {lowest!r} it is {scores[lowest]:.3f} ({_factors([r for r in item if r.workflow == lowest])})"
        people = by_persona(item)
        person = min(people, key=lambda name: people[name])
        if people[person] < self.least:
            return f"that of {person} is {people[person]:.3f}"
        return "" if of_the_system(item) >= self.least else f"the average is {of_the_system(item):.3f}"


def satisfied_at_least(least: float) -> Satisfied:
    """Match runs that leave people satisfied, each workflow and on average."""
    return Satisfied(least)


class Resolved(Lacking[Runs]):
    """See `problems_resolved_within`."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.expected = f"every problem resolved within {limit:g} s by the way that was shown"

    def lack(self, item: Any) -> str:
        """Name the first problem that stayed or took too long, or the first step that never succeeded."""
        for run in item:
            for trouble in run.troubles:
                if trouble.resolved_after is None:
                    return f"{named(run)}: {trouble.what} was never resolved ({_said(trouble)})"
                if trouble.resolved_after > self.limit:
                    return f"{named(run)}: {trouble.what} took {trouble.resolved_after:.1f} s"
            if not run.completed:
                return f"{named(run)}: a step never succeeded; {run.first_problem}"
        return "" if any(run.troubles for run in item) else "no problem was met at all, so none was resolved"


def problems_resolved_within(limit: float) -> Resolved:
    """Match runs in which every problem that was met ended in time."""
    return Resolved(limit)


class FewProblems(Lacking[Runs]):
    """See `problems_at_most`."""

    def __init__(self, most: int, runs: int) -> None:
        self.most, self.runs = most, runs
        self.expected = f"at most {most} problem in each of {runs} runs"

    def lack(self, item: Any) -> str:
        """Name the first run with more, and its problems."""
        if len(item) != self.runs:
            return f"there were {len(item)} runs"
        for run in item:
            problems = [*(trouble.what for trouble in run.troubles), *(s.problem for s in run.steps if not s.completed)]
            if len(problems) > self.most:
                return f"{named(run)} met {len(problems)}: {'; '.join(problems)}"
        return ""


def problems_at_most(most: int, runs: int) -> FewProblems:
    """Match so many runs with at most so many problems each: errors, and steps that were not completed."""
    return FewProblems(most, runs)


class Completed(Lacking[Runs]):
    """See `completed_at_least`."""

    def __init__(self, percent: float, workflows: int, runs: int) -> None:
        self.percent, self.workflows, self.runs = percent, workflows, runs
        self.expected = f"at least {percent:g} of 100 runs of {workflows} workflows completed"

    def lack(self, item: Any) -> str:
        """Say how many were completed, and why the first others were not; or which was run too rarely."""
        counts = {name: sum(run.workflow == name for run in item) for name in dict.fromkeys(r.workflow for r in item)}
        rare = [f"{name!r} was run {count} times" for name, count in counts.items() if count < self.runs]
        if rare or len(counts) != self.workflows:
            return rare[0] if rare else f"{len(counts)} workflows were run"
        broken = [run for run in item if not run.completed]
        if (len(item) - len(broken)) * 100 >= self.percent * len(item):
            return ""
        return f"{len(item) - len(broken)} of {len(item)} were completed; {named(broken[0])}: {broken[0].first_problem}"


def completed_at_least(percent: float, workflows: int, runs: int) -> Completed:
    """Match runs of so many workflows, each run so often or more, of which that share was completed."""
    return Completed(percent, workflows, runs)


def by_person_and_workflow(runs: Runs) -> Iterator[tuple[str, str, Runs]]:
    """Give the runs of each persona and workflow."""
    for persona, workflow in dict.fromkeys((run.persona, run.workflow) for run in runs):
        yield persona, workflow, [run for run in runs if (run.persona, run.workflow) == (persona, workflow)]


def named(run: WorkflowRun) -> str:
    """Name a run as an owner reads it."""
    return f"{run.workflow!r} ({run.variant}, {run.persona})"


def _factors(runs: Runs) -> str:
    found = [factors_of(run) for run in runs]
    errors = [each.errors for each in found if each.errors is not None]
    parts = {
        "response": [each.response for each in found],
        "errors": errors,
        "features": [each.features for each in found],
        "workflow": [each.workflow for each in found],
    }
    return ", ".join(f"{name} {sum(each) / len(each):.2f}" for name, each in parts.items() if each)


def _said(trouble: Trouble) -> str:
    return f"it says {trouble.sentence!r}, next {trouble.next_step!r}"
