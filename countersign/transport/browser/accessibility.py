"""Accessibility rules (axe-core) on the page as it stands."""

from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from countersign.errors import ContractBroken
from countersign.transport.browser.bounded import ask, waiting

WCAG_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""The tags of axe-core's rules for WCAG 2.2 at levels A and AA."""

SEVERE = ("serious", "critical")

# Frames are left out: what stands in them here is the browser's own PDF viewer.
_RUN = """async ({tags, region}) => {
  const options = {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], iframes: false};
  const results = await axe.run(region ?? document, options);
  return {checked: results.passes.length + results.violations.length, violations: results.violations.map((one) => ({
    id: one.id, impact: one.impact, help: one.help,
    nodes: one.nodes.map((node) => ({target: node.target.flat().join(" "), html: node.html.slice(0, 300)})),
  }))};
}"""


@dataclass(frozen=True)
class Violation:
    """A rule that the page breaks. `impact` is minor, moderate, serious or critical; `targets` are the elements."""

    rule: str
    impact: str
    help: str
    targets: tuple[str, ...]
    html: tuple[str, ...] = ()

    @property
    def severe(self) -> bool:
        """Whether somebody is kept from using the page, or nearly so."""
        return self.impact in SEVERE

    def __str__(self) -> str:
        """Say rule, impact, meaning and the first elements."""
        return f"{self.impact}: {self.rule} ({self.help}) at {', '.join(self.targets[:3])}"


def violations(page: Page, region: Locator | None, within: float) -> tuple[Violation, ...]:
    """Run the WCAG 2.2 A and AA rules on the region, or on the whole page.

    Raises ContractBroken if no rule applied to anything (an empty region would otherwise look perfect), and
    DeadlineExceeded.
    """
    what = "the accessibility rules on the page"
    element = None
    if region is not None:
        with waiting(page, what, within) as milliseconds:
            element = region.element_handle(timeout=milliseconds)
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    result: dict[str, Any] = ask(page, _RUN, {"tags": list(WCAG_AA), "region": element}, what, within)
    if not result["checked"]:
        raise ContractBroken(f"{what}: no rule applied, so there is nothing to see where something was expected")
    return tuple(
        Violation(
            rule=found["id"],
            impact=found["impact"] or "minor",
            help=found["help"],
            targets=tuple(node["target"] for node in found["nodes"]),
            html=tuple(node["html"] for node in found["nodes"]),
        )
        for found in result["violations"]
    )
