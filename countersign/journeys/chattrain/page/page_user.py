"""A trainee at the pilot page: what a person does with a browser. The person's own client sees the system beside it."""

from countersign.errors import SuiteError
from countersign.expect.page_offer import FirstView
from countersign.journeys.at_page import AtPage
from countersign.journeys.chattrain.trainee import Trainee
from countersign.systems.chattrain.model import Scenario


class PageUser(AtPage):
    """A trainee with a window of the run's browser. Raises CapabilityMissing where there is no browser."""

    def __init__(self, trainee: Trainee) -> None:
        from countersign.systems.chattrain.page import PilotPage  # loads Playwright, which other runs do without

        stage = trainee.stage
        self.trainee = trainee
        self.scenario: Scenario | None = None
        self.start_seconds = 0.0
        self.page = PilotPage.in_new_window(
            stage.browser(), trainee.system, actor=trainee.name, recorder=stage.recorder
        )
        super().__init__(stage, trainee.name, self.page.window)

    def named(self, name: str) -> "PageUser":
        """Give the user, who must be the one the sentence names. Raises SuiteError for anybody else."""
        self.must_be(name)
        return self

    @property
    def training(self) -> Scenario:
        """The training that was begun on the page. Raises SuiteError if none was."""
        if self.scenario is None:
            raise SuiteError(f"{self.trainee.name} has begun no training on the page; add a Given that begins one")
        return self.scenario

    def opens(self) -> FirstView:
        """Open the page, and read the list of trainings there and from the system."""
        seconds = self.page.open()
        return FirstView(seconds, self.page.scenarios(), tuple(self.trainee.api.scenarios()))

    def begins(self, training: str) -> "PageUser":
        """Enter the user name and start a training, on the page that is open or is opened now."""
        if not self.page.window.page.url.startswith(self.page.window.base_url):
            self.page.open()
        self.scenario = self.trainee.finds(training)
        self.stage.made["training sessions"] += 1
        self.page.enter_user_name(self.trainee.user_name)
        self.start_seconds = self.page.start_training(self.scenario.title)
        return self

    def answers(self, lines: list[str]) -> "PageUser":
        """Say lines on the page, each after the feedback on the one before."""
        for line in lines:
            self.page.exchange(line)
        return self
