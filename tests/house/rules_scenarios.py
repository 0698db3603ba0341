"""The shape of features: short scenarios with one action, unique titles, a header that says who wants it and why."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from .finding import Finding
from .gherkin_reading import Feature, Scenario, Step

MOST_STEPS = 7
MOST_BACKGROUND = 4
MOST_SCENARIOS = 14
LEAST_HEADER_LINES = 2


def is_gherkin(features: Iterable[Feature]) -> Iterator[Finding]:
    """Every feature file is read by the official parser."""
    for feature in features:
        if feature.broken:
            line = re.search(r"\((\d+):", feature.broken)
            yield Finding(
                feature.path,
                int(line.group(1)) if line else 1,
                f"this is no Gherkin: {' '.join(feature.broken.split())}",
                "write it so that the official parser reads it",
            )


def one_action(scenario: Scenario) -> Iterator[Finding]:
    """Exactly one step of a scenario is an action: one When, and no And or But that goes on with it."""
    whens = [step for step in scenario.steps if step.kind == "When"]
    if not whens:
        yield _at(scenario, "the scenario has no When", "say which one action the rule is about")
    for step in whens[1:]:
        yield Finding(
            scenario.path,
            step.line,
            f"a second action: {step.text!r}",
            "make it a Given (a state before the action) or a scenario of its own",
        )


def has_outcome(scenario: Scenario) -> Iterator[Finding]:
    """Every scenario ends with a Then, and nothing but outcomes follows the action."""
    if not scenario.steps or scenario.steps[-1].kind != "Then":
        yield _at(scenario, "the scenario claims nothing: it does not end with a Then", "say what must be seen to hold")
    ranks = {"Given": 0, "When": 1, "Then": 2}
    for before, step in zip(scenario.steps, scenario.steps[1:], strict=False):
        if ranks[step.kind] < ranks[before.kind]:
            yield Finding(
                scenario.path,
                step.line,
                f"a {step.kind} after a {before.kind}: {step.text!r}",
                "order the steps Given, When, Then; a second round is a scenario of its own",
            )


def is_short(scenario: Scenario) -> Iterator[Finding]:
    """A scenario has at most seven steps, those of its background included."""
    number = len(scenario.background) + len(scenario.steps)
    if number > MOST_STEPS:
        yield _at(
            scenario,
            f"{number} steps (background included), {MOST_STEPS} are allowed",
            "say several small states in one sentence of the owner, or split the rule",
        )


def background_is_state(path: str, background: tuple[Step, ...]) -> Iterator[Finding]:
    """A background holds at most four lines, all of them states."""
    if len(background) > MOST_BACKGROUND:
        yield Finding(
            path,
            background[0].line,
            f"a background of {len(background)} lines, {MOST_BACKGROUND} are allowed",
            "keep only what the reader needs to know",
        )
    for step in background:
        if step.kind != "Given":
            yield Finding(path, step.line, f"a background with an action or a claim: {step.text!r}", "make it a Given")


def titles_are_unique(features: Iterable[Feature]) -> Iterator[Finding]:
    """No two scenarios of the suite have one name, outline rows after their placeholders are filled in."""
    first: dict[str, str] = {}
    for feature in features:
        for scenario in feature.scenarios:
            for name, line in scenario.names:
                plain = " ".join(name.lower().split())
                if plain in first:
                    yield Finding(
                        feature.path,
                        line,
                        f"the name {name!r} is taken by {first[plain]}",
                        "give it its own name; in an outline put the <placeholder> that tells the rows apart "
                        "into the title",
                    )
                first.setdefault(plain, f"{feature.path}:{line}")


def feature_titles_are_unique(features: Iterable[Feature]) -> Iterator[Finding]:
    """No two features have one title: reports group by it."""
    features = list(features)
    counts = Counter(feature.title for feature in features)
    for feature in features:
        if counts[feature.title] > 1:
            yield Finding(
                feature.path, feature.line, f"another feature is called {feature.title!r} too", "rename one of them"
            )


def outline_has_rows(scenario: Scenario) -> Iterator[Finding]:
    """An outline without a row runs nothing."""
    if not scenario.names:
        yield _at(scenario, "an outline without examples", "add a row for every distinct class of input")


def header_says_why(feature: Feature) -> Iterator[Finding]:
    """The header says who wants it and why: As/I want/So that, or at least two lines of prose."""
    if len(feature.description) < LEAST_HEADER_LINES:
        yield Finding(
            feature.path,
            feature.line,
            "the header does not say who wants this and why",
            "write As a .../I want .../So that ..., or two lines of prose, below the title",
        )


def file_is_small(feature: Feature) -> Iterator[Finding]:
    """One file holds one rule or journey: at most fourteen scenarios."""
    if len(feature.scenarios) > MOST_SCENARIOS:
        yield Finding(
            feature.path,
            feature.line,
            f"{len(feature.scenarios)} scenarios, {MOST_SCENARIOS} are allowed",
            "split the file by rule",
        )
    if not feature.scenarios and not feature.broken:
        yield Finding(feature.path, feature.line, "a feature without a scenario", "add one or remove the file")


def _at(scenario: Scenario, what: str, mend: str) -> Finding:
    return Finding(scenario.path, scenario.line, f"{what} ({scenario.title!r})", mend)
