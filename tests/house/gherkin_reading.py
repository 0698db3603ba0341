"""Features as the rules see them: read with the official parser, flattened to what a reader of the feature sees."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser


@dataclass(frozen=True)
class Tag:
    """A tag with its @ and its line."""

    name: str
    line: int


@dataclass(frozen=True)
class Step:
    """One step. `kind` is Given, When or Then; an And or But takes the kind of the step before it."""

    kind: str
    text: str
    line: int
    doc: str = ""


@dataclass(frozen=True)
class Scenario:
    """A scenario or outline with everything it inherits: tags of feature and rule, steps of the backgrounds.

    `names` holds one name for a scenario and one per example row for an outline, placeholders replaced.
    """

    path: str
    line: int
    title: str
    tags: tuple[Tag, ...]
    background: tuple[Step, ...]
    steps: tuple[Step, ...]
    names: tuple[tuple[str, int], ...]

    def has(self, tag: str) -> bool:
        """Say whether the scenario carries the tag, itself or by its feature."""
        return any(own.name == tag for own in self.tags)


@dataclass(frozen=True)
class Feature:
    """One feature file. `broken` holds the parser's message when the file is no Gherkin."""

    path: str
    title: str = ""
    line: int = 1
    description: tuple[str, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    backgrounds: tuple[tuple[Step, ...], ...] = ()
    broken: str = ""
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True)
class _Above:
    tags: tuple[Tag, ...] = ()
    background: tuple[Step, ...] = field(default=())


def read(path: str, text: str) -> Feature:
    """Parse one feature file; a file that is no Gherkin comes back with `broken` set."""
    try:
        document: Any = Parser().parse(text)
    except (CompositeParserException, ParserException) as error:
        return Feature(path, broken=str(error))
    feature = document.get("feature")
    if not feature:
        return Feature(path, broken="the file holds no feature")
    tags = _tags(feature)
    scenarios = tuple(_scenarios(path, feature["children"], _Above(tags)))
    return Feature(
        path=path,
        title=feature["name"],
        line=feature["location"]["line"],
        description=tuple(line.strip() for line in feature["description"].splitlines() if line.strip()),
        scenarios=scenarios,
        backgrounds=tuple(_backgrounds(feature["children"])),
        tags=tags,
    )


def _scenarios(path: str, children: list[Any], above: _Above) -> Iterator[Scenario]:
    for child in children:
        if "background" in child:
            above = _Above(above.tags, above.background + tuple(_steps(child["background"])))
        elif "rule" in child:
            yield from _scenarios(
                path, child["rule"]["children"], _Above(above.tags + _tags(child["rule"]), above.background)
            )
        else:
            yield _scenario(path, child["scenario"], above)


def _backgrounds(children: list[Any]) -> Iterator[tuple[Step, ...]]:
    for child in children:
        if "background" in child:
            yield tuple(_steps(child["background"]))
        elif "rule" in child:
            yield from _backgrounds(child["rule"]["children"])


def _scenario(path: str, node: Any, above: _Above) -> Scenario:
    tags = above.tags + _tags(node)
    for examples in node["examples"]:
        tags += _tags(examples)
    return Scenario(
        path=path,
        line=node["location"]["line"],
        title=node["name"],
        tags=tags,
        background=above.background,
        steps=tuple(_steps(node)),
        names=tuple(_names(node)),
    )


def _names(node: Any) -> Iterator[tuple[str, int]]:
    if not node["examples"]:
        yield node["name"], node["location"]["line"]
    for examples in node["examples"]:
        heads = [cell["value"] for cell in examples.get("tableHeader", {}).get("cells", [])]
        for row in examples.get("tableBody", []):
            name = node["name"]
            for head, cell in zip(heads, row["cells"], strict=True):
                name = name.replace(f"<{head}>", cell["value"])
            yield name, row["location"]["line"]


def _steps(node: Any) -> Iterator[Step]:
    kind = "Given"
    for step in node["steps"]:
        word = step["keyword"].strip()
        kind = word if word in ("Given", "When", "Then") else kind
        doc = step.get("docString", {}).get("content", "")
        yield Step(kind, step["text"], step["location"]["line"], doc)


def _tags(node: Any) -> tuple[Tag, ...]:
    return tuple(Tag(tag["name"], tag["location"]["line"]) for tag in node["tags"])
