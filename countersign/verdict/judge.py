"""The only place where a status, a share, a band or an exit code is decided."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal

from countersign.verdict.bands import band_of
from countersign.verdict.catalogue import Criterion
from countersign.verdict.criterion import judge_criterion
from countersign.verdict.derived import judge_derived
from countersign.verdict.headline import headline_of
from countersign.verdict.problems import Problem
from countersign.verdict.reconcile import Journal, reconcile
from countersign.verdict.records import Record
from countersign.verdict.results import (
    Band,
    CriterionVerdict,
    Overall,
    ScenarioVerdict,
    SystemVerdict,
    Verdict,
)
from countersign.verdict.waivers import Waiver, examine

EXIT_SIGNED: Final = 0
"""Green, or yellow where yellow is accepted, or a partial run in which everything selected was verified."""
EXIT_REFUSED: Final = 1
"""Red, or a partial run in which something selected was refuted."""
EXIT_YELLOW: Final = 3
"""Yellow, and yellow was not accepted. (2 is left to wrong command lines.)"""
EXIT_UNVERIFIED: Final = 4
"""A partial run in which nothing was refuted, but something selected could not be verified."""
EXIT_PROBLEM: Final = 5
"""The run itself cannot be trusted: cut short, empty, contradictory, the suite failed, or a waiver is out of order."""


def judge(
    records: Iterable[Record],
    criteria: Sequence[Criterion],
    *,
    accept: Literal["green", "yellow"] = "green",
    waivers: Sequence[Waiver] = (),
    today: date | None = None,
    duties: Iterable[str] = (),
    problems: Sequence[str] = (),
) -> Verdict:
    """Reconcile plan and journal and judge every criterion of the systems the run touched.

    `duties` are ids a scenario may carry that are not counted (the suite's own). `problems` are faults met while the
    journal was read. `today` decides whether a waiver has expired; the day the run began unless given.
    Raises ValueError for an `accept` other than green or yellow.
    """
    if accept not in ("green", "yellow"):
        raise ValueError(f"accept must be 'green' or 'yellow', not {accept!r}")
    journal = reconcile(records)
    opened = journal.opened
    known = {criterion.id: criterion for criterion in criteria}
    touched = _touched(journal, criteria)
    listed = [criterion for criterion in criteria if criterion.system in touched]
    found = [
        *journal.problems,
        *(Problem(text) for text in problems),
        *_about_catalogue(journal, criteria, touched, set(duties)),
    ]
    judged = {each.id: judge_criterion(each, journal) for each in listed if each.share_of is None}
    others = tuple(judged.values())
    for each in listed:
        if each.share_of is not None:
            judged[each.id] = judge_derived(each, others, whole=each.system in opened.whole)
    in_force, about_waivers = examine(
        waivers,
        today=today or _day(opened.started_at),
        system_of={criterion.id: criterion.system for criterion in known.values()},
        selected=lambda name: name in judged and judged[name].in_run,
        verified=lambda name: name in judged and judged[name].status == "verified",
        build_of={name: system.version for name, system in journal.systems.items()},
    )
    found += about_waivers
    verdicts = tuple(
        _with_waiver(judged[criterion.id], in_force) if criterion.id in in_force else judged[criterion.id]
        for criterion in listed
    )
    systems = {name: _judge_system(name, verdicts, journal, found) for name in touched}
    overall = _overall(systems, found)
    exit_code = _exit_code(overall, accept, systems, verdicts, journal.scenarios)
    closed = journal.closed
    return Verdict(
        run=opened,
        overall=overall,
        exit_code=exit_code,
        headline=headline_of(overall, systems, verdicts, journal.scenarios, [problem.text for problem in found]),
        systems=systems,
        criteria=verdicts,
        scenarios=journal.scenarios,
        problems=tuple(dict.fromkeys(problem.text for problem in found)),
        left_behind=journal.left_behind,
        opened=journal.systems,
        closed_at=closed.at if closed else "",
        interrupted=closed.interrupted if closed else "",
        accept=accept,
    )


def _touched(journal: Journal, criteria: Sequence[Criterion]) -> list[str]:
    """Name the systems the run touched, in the order of the catalogue, then those without a catalogue."""
    carried = {criterion for scenario in journal.scenarios for criterion in scenario.criteria}
    names = {
        *journal.opened.touched,
        *journal.opened.whole,
        *(scenario.system for scenario in journal.scenarios),
        *(criterion.system for criterion in criteria if criterion.id in carried),
    } - {""}
    in_order = dict.fromkeys(criterion.system for criterion in criteria if criterion.system in names)
    return [*in_order, *sorted(names - set(in_order))]


def _about_catalogue(
    journal: Journal, criteria: Sequence[Criterion], touched: Sequence[str], duties: set[str]
) -> list[Problem]:
    ids = [criterion.id for criterion in criteria]
    problems = [
        Problem(f"The catalogue names {name} {ids.count(name)} times.")
        for name in dict.fromkeys(ids)
        if ids.count(name) > 1
    ]
    with_catalogue = {criterion.system for criterion in criteria}
    for name in touched:
        if name not in with_catalogue:
            problems.append(Problem(f"There is no catalogue of criteria for {name} (criteria/{name}.yaml).", name))
    counted = set(ids)
    for scenario in journal.scenarios:
        where = f"{scenario.name} ({scenario.key})"
        unknown = [name for name in scenario.criteria if name not in counted and name not in duties]
        if unknown:
            text = f"{where} is tagged {', '.join(unknown)}, which no catalogue holds; correct the tag."
            problems.append(Problem(text, scenario.system))
        if not counted.intersection(scenario.criteria) and scenario.outcome != "passed":
            # Nothing that is counted would show it: only a problem keeps it from being overlooked.
            because = scenario.reason.rstrip(". ") or scenario.outcome
            text = f"{where} did not pass, and no criterion shows it because it carries none: {because}."
            problems.append(Problem(text, scenario.system))
    return problems


def _with_waiver(verdict: CriterionVerdict, in_force: dict[str, Waiver]) -> CriterionVerdict:
    return CriterionVerdict(**{**vars(verdict), "waiver": in_force[verdict.id]})


def _judge_system(
    name: str, criteria: Sequence[CriterionVerdict], journal: Journal, problems: Sequence[Problem]
) -> SystemVerdict:
    its = [criterion for criterion in criteria if criterion.system == name]
    total = len(its)
    verified = sum(criterion.status == "verified" for criterion in its)
    refuted = sum(criterion.status == "refuted" for criterion in its)
    must_refuted = sum(criterion.blocks and criterion.status == "refuted" for criterion in its)
    must_open = sum(criterion.blocks and criterion.status == "not_verified" for criterion in its)
    share = verified / total if total else 0.0
    band: Band = band_of(verified=verified, total=total, must_refuted=must_refuted, must_not_verified=must_open)
    why = _why(band, must_refuted, must_open)
    unfinished = sum(not scenario.ended for scenario in journal.scenarios if scenario.system == name)
    if name not in journal.opened.whole:
        band, why = "partial", "only some of its features were selected"
    elif unfinished:
        band, why = "partial", f"{unfinished} of its planned scenarios never came to an end"
    elif band == "green" and any(problem.system in ("", name) for problem in problems):
        band, why = "yellow", "the run had problems, so its result cannot be signed"
    return SystemVerdict(
        verified=verified,
        refuted=refuted,
        not_verified=total - verified - refuted,
        share=share,
        band=band,
        why=why,
        must_refuted=must_refuted,
        must_not_verified=must_open,
        waived=sum(criterion.waiver is not None for criterion in its),
    )


def _why(band: Band, must_refuted: int, must_open: int) -> str:
    """Explain a band in the words of the rule that gave it."""
    if must_refuted:
        return f"{must_refuted} must {_criteria(must_refuted)} refuted"
    if band == "red":
        return "fewer than 80 % of the criteria are verified"
    if must_open:
        return f"{must_open} must {_criteria(must_open)} not verified"
    if band == "yellow":
        return "not more than 90 % of the criteria are verified"
    return "more than 90 % are verified and no must criterion stands open"


def _criteria(count: int) -> str:
    return "criterion is" if count == 1 else "criteria are"


def _overall(systems: dict[str, SystemVerdict], problems: Sequence[Problem]) -> Overall:
    """Give the worst band; a problem outweighs every band, since it says that the bands cannot be relied on."""
    if problems or not systems:
        return "problem"
    bands = {system.band for system in systems.values()}
    for band in ("red", "yellow", "partial"):
        if band in bands:
            return band
    return "green"


def _exit_code(
    overall: Overall,
    accept: str,
    systems: dict[str, SystemVerdict],
    criteria: Sequence[CriterionVerdict],
    scenarios: Sequence[ScenarioVerdict],
) -> int:
    if overall == "problem":
        return EXIT_PROBLEM
    if overall == "red":
        return EXIT_REFUSED
    # Whatever the bands of whole systems allow, a system that was run in part must have all of its selection verified.
    in_part = {name for name, system in systems.items() if system.band == "partial"}
    waived = {criterion.id for criterion in criteria if criterion.waiver}
    open_ends = {
        scenario.outcome
        for scenario in scenarios
        if scenario.system in in_part and scenario.outcome != "passed" and not waived.issuperset(scenario.criteria)
    }
    if "failed" in open_ends:
        return EXIT_REFUSED
    if open_ends:
        return EXIT_UNVERIFIED
    return EXIT_YELLOW if overall == "yellow" and accept != "yellow" else EXIT_SIGNED


def _day(moment: str) -> date | None:
    """Read the day of an ISO-8601 time; None when it is not one."""
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None
