"""What Allure is told about a scenario: the journal's word, filed under names that people know."""

from countersign.catalogue import TITLES, load_criteria
from countersign.reporting.allure import ScenarioFacts
from countersign.verdict.records import Ended, Planned


def facts_for(planned: Planned, ended: Ended | None = None) -> ScenarioFacts:
    """File a scenario under its system, its feature and the first criterion it proves."""
    known = load_criteria(planned.system) if planned.system else ()
    criteria = [item for item in known if item.id in planned.criteria]
    return ScenarioFacts(
        outcome=ended.outcome if ended else None,
        reason=ended.reason if ended else "",
        system=planned.system,
        criteria=[(item.id, item.title, item.must) for item in criteria],
        epic=TITLES.get(planned.system, planned.system),
        feature=planned.feature,
        story=criteria[0].title if criteria else "",
        key=planned.key,
    )
