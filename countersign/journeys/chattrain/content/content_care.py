"""An operator takes trainings into the content, and what befalls them there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import personas
from countersign.errors import ContractBroken
from countersign.journeys.chattrain.content.content_folder import ContentFolder
from countersign.journeys.chattrain.operator import Operator
from countersign.systems.chattrain.content import Reload
from countersign.systems.chattrain.model import Scenario


@dataclass
class ContentCare:
    """What an operator did to the content: `reload` is the answer to the last reload, `listed` the list after it.

    `broken` are the ids of trainings that can no longer be read, `gone` of those that vanished with their folder.
    """

    folder: ContentFolder
    before: Sequence[str]
    added: Mapping[str, str]
    reload: Reload | None = None
    listed: Sequence[Scenario] = ()
    broken: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def listed_ids(self) -> list[str]:
        """The text ids on the list after the last reload."""
        return sorted(scenario.text_id for scenario in self.listed)

    @property
    def usable_ids(self) -> list[str]:
        """The text ids that must be on the list: those from before, and the added ones that nothing happened to."""
        return sorted({*self.before, *self.added.values()} - {*self.broken, *self.gone})


def takes_in_new_trainings(operator: Operator) -> ContentCare:
    """Add the new trainings of the material and reload. Raises ContractBroken if they are not taken in."""
    added: Mapping[str, str] = personas.material("chattrain_content")["new_trainings"]
    before = [scenario.text_id for scenario in operator.api.scenarios()]
    care = ContentCare(ContentFolder(operator), before, added)
    for name, text_id in added.items():
        care.folder.add_training(text_id, title_of(name))
    reloads(operator, care)
    if care.reload is None or not care.reload.success or care.listed_ids != care.usable_ids:
        raise ContractBroken(
            f"chattrain: new trainings were not taken in: the reload said {care.reload}, "
            f"the list is {', '.join(care.listed_ids)}"
        )
    return care


def lets_happen(care: ContentCare, mishaps: Sequence[tuple[str, str]]) -> None:
    """Let each named thing happen to each named training."""
    known = personas.material("chattrain_content")["mishaps"]
    for name, happening in mishaps:
        care.folder.befalls(care.added[name], known[happening])
        (care.gone if known[happening].get("gone") == "folder" else care.broken).append(care.added[name])


def reloads(operator: Operator, care: ContentCare) -> None:
    """Reload the content and look at the list."""
    care.reload = care.folder.take_in()
    care.listed = operator.api.scenarios()


def look_alikes(care: ContentCare) -> Mapping[str, str]:
    """Give the titles of the listed look-alike trainings by their text ids."""
    wanted = look_alikes_added(care)
    return {scenario.text_id: scenario.title for scenario in care.listed if scenario.text_id in wanted}


def look_alikes_added(care: ContentCare) -> Mapping[str, str]:
    """Give the titles under which the look-alike trainings were added, by their text ids."""
    names = personas.material("chattrain_content")["look_alikes"]
    return {care.added[name]: title_of(name) for name in names}


def title_of(name: str) -> str:
    """Give the title of an added training by its name."""
    return f"Training {name}"
