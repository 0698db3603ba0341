"""What the AI customer is asked."""

from dataclasses import dataclass

from reference.chattrain.messages import StoredLine
from reference.chattrain.scenario import Scenario
from reference.chattrain.settings import Settings

NEXT_LINE = "Next customer line:"


@dataclass(frozen=True)
class Prompt:
    """One request to the AI: its settings and the messages in order, the trainee's newest line last."""

    model: str
    temperature: float
    max_tokens: int
    messages: tuple[dict[str, str], ...]


class PromptBuilder:
    """Builds the request of one trainee line out of its own session and nothing else."""

    def __init__(self, settings: Settings) -> None:
        """Use the AI settings of `settings` where a scenario has none of its own."""
        self._settings = settings

    def prompt(self, scenario: Scenario, line: StoredLine) -> Prompt:
        """Give the request for `line` of a session of `scenario`."""
        system = {"role": "system", "content": self.system_text(scenario, line.step)}
        earlier = [{"role": item.role, "content": item.content} for item in line.earlier]
        newest = {"role": "user", "content": line.text}
        choice, default = scenario.llm, self._settings
        return Prompt(
            model=choice.model or default.ai_model,
            temperature=default.temperature if choice.temperature is None else choice.temperature,
            max_tokens=choice.max_tokens or default.max_tokens,
            messages=(system, *earlier, newest),
        )

    def system_text(self, scenario: Scenario, step: int) -> str:
        """Say who the AI plays, in which scenario, and what the customer says next."""
        return "\n".join(
            (
                "You play a customer who talks to a trainee of customer service. Stay in this role, answer as the "
                "customer would, in one to three sentences, and never give advice on how to answer you.",
                f"Scenario: {scenario.title}",
                f"Description: {_one_line(scenario.description)}",
                f"You are: {_one_line(scenario.customer)}",
                f"You opened with: {_one_line(scenario.bot_messages[0].content)}",
                "React to what the trainee wrote and bring in the following line in your own words:",
                f"{NEXT_LINE} {_one_line(scenario.customer_line_after(step))}",
            )
        )


def _one_line(text: str) -> str:
    return " ".join(text.split())
