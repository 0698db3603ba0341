"""A training scenario as its author writes it in `scenario.yaml`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
ScenarioId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$")]
DocumentName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,199}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class BotMessage(_Part):
    """A line of the customer and the terms that a competent answer to it uses."""

    content: Text
    expected_keywords: tuple[Text, ...] = Field(min_length=1)


class DocumentReference(_Part):
    """A document that lies in the scenario's folder and may be read by trainees."""

    filename: DocumentName
    title: Text


class Completion(_Part):
    """When a session of this scenario is completed."""

    min_exchanges: int = Field(ge=1)
    required_keywords: tuple[Text, ...] = Field(min_length=1)


class AiChoice(_Part):
    """How the AI is asked in this scenario; what is absent comes from the settings."""

    model: Text | None = None
    temperature: float | None = Field(default=None, ge=0, le=2)
    max_tokens: int | None = Field(default=None, ge=1)


class Scenario(_Part):
    """The whole scenario. Fields that are not known are ignored."""

    id: ScenarioId
    title: Text
    description: Text
    duration_minutes: int = Field(ge=1)
    difficulty: Literal["beginner", "intermediate", "advanced"]
    customer: Text
    llm: AiChoice = AiChoice()
    bot_messages: tuple[BotMessage, ...] = Field(min_length=1)
    follow_ups: tuple[Text, ...] = Field(min_length=1)
    documents: tuple[DocumentReference, ...] = ()
    completion: Completion

    def keywords_at(self, step: int) -> tuple[str, ...]:
        """Give the terms expected from the trainee line number `step` (from 0); beyond the last, the last list."""
        return self.bot_messages[min(step, len(self.bot_messages) - 1)].expected_keywords

    def customer_line_after(self, step: int) -> str:
        """Give the customer's line that follows trainee line `step`; beyond the last, the follow-ups in turn."""
        following = step + 1
        if following < len(self.bot_messages):
            return self.bot_messages[following].content
        return self.follow_ups[(following - len(self.bot_messages)) % len(self.follow_ups)]
