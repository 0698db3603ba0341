"""One turn of a conversation: keep the line, confirm it, answer it, rate it, and see whether the session is done."""

import asyncio
import time
from typing import TYPE_CHECKING

from reference.chattrain import clock
from reference.chattrain.chat import frames
from reference.chattrain.chat.conversation import Conversation, EarlyEnd, Job, Line, Recovered
from reference.chattrain.completion import RatedLine
from reference.chattrain.database import DatabaseUnavailable
from reference.chattrain.messages import CustomerLine, Evaluation, Item, SessionOver, StoredLine
from reference.chattrain.scoring import Rating
from reference.chattrain.sessions import Ending, Session

if TYPE_CHECKING:
    from reference.chattrain.parts import Parts

RETRY_SECONDS = 0.5


class Turns:
    """Takes the turns of a conversation, strictly one after the other."""

    def __init__(self, parts: "Parts") -> None:
        """Work with the pieces in `parts`."""
        self._parts = parts

    async def take(self, conversation: Conversation, job: Job) -> None:
        """Do one job to its end."""
        match job:
            case Line():
                await self._line(conversation, job)
            case Recovered():
                await self.answer(conversation, job.line, time.monotonic())
            case EarlyEnd():
                await self._end_early(conversation, job)

    async def answer(self, conversation: Conversation, line: StoredLine, asked_at: float) -> None:
        """Answer and rate a line that is kept, deliver both, and complete the session when its conditions are met.

        `asked_at` is the monotonic time at which the line arrived.
        """
        parts, scenario = self._parts, conversation.entry.scenario
        answer = await parts.customer.answer(parts.prompts.prompt(scenario, line))
        rating = parts.scorer.rate(scenario, line.step, line.text)
        evaluation = Evaluation.of(rating, parts.commentator.comment(rating), parts.commentator.suggestions(rating))
        answer_id, ending = await self._keep(conversation, line, answer, rating, evaluation)
        parts.delivery.exchange(conversation, answer_id, answer, evaluation)
        parts.metrics.reply(time.monotonic() - asked_at)
        outcome = "fallback" if answer.failed else "answered"
        parts.metrics.message("fallback" if answer.failed else "answered")
        parts.logbook.note("line", outcome, conversation.session.id)
        if ending is not None:
            self._over(conversation, ending)

    async def lines_of(self, session: Session) -> list[RatedLine]:
        """Give the rated lines of a session so far. Raises DatabaseUnavailable."""
        return rated(await self._parts.messages.items(session.id))

    def _over(self, conversation: Conversation, ending: Ending) -> None:
        conversation.ended(ending)
        self._parts.metrics.session(ending.status)
        self._parts.logbook.note("session", ending.status, conversation.session.id)
        self._parts.delivery.ending(conversation, ending)

    async def _line(self, conversation: Conversation, job: Line) -> None:
        try:
            line = await self._parts.messages.store_line(conversation.session.id, job.text)
        except SessionOver:
            self._refuse(conversation, job, frames.session_over())
        except DatabaseUnavailable:
            self._refuse(conversation, job, frames.unavailable())
            # Those behind it would each wait for the same lock in turn.
            self._turn_away(conversation)
        else:
            self._parts.delivery.receipt(conversation, line)
            await self.answer(conversation, line, job.arrived_at)

    async def _keep(
        self, conversation: Conversation, line: StoredLine, answer: CustomerLine, rating: Rating, evaluation: Evaluation
    ) -> tuple[int, Ending | None]:
        # The line is confirmed, so its answer is kept as soon as that is possible again, however long it takes.
        try:
            while True:
                try:
                    ending = await self._completing(conversation, RatedLine(line.text, rating))
                    return await self._parts.messages.store_answer(line, answer, evaluation, ending), ending
                except DatabaseUnavailable:
                    conversation.stalled = True
                    self._parts.logbook.note("answer", "kept later: database unavailable", conversation.session.id)
                    self._turn_away(conversation)
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            conversation.stalled = False

    async def _completing(self, conversation: Conversation, newest: RatedLine) -> Ending | None:
        session, scenario = conversation.session, conversation.entry.scenario
        lines = [*await self.lines_of(session), newest]
        if not self._parts.completion.met(scenario, lines):
            return None
        at = clock.now()
        return Ending("completed", at, self._parts.summaries.summary(lines, session.created_at, at))

    async def _end_early(self, conversation: Conversation, job: EarlyEnd) -> None:
        if conversation.over:
            _tell(job, frames.session_over())
            return
        try:
            ending = await self._abandoned(conversation)
        except DatabaseUnavailable:
            _tell(job, frames.unavailable())
            return
        if ending is not None:
            self._over(conversation, ending)

    async def _abandoned(self, conversation: Conversation) -> Ending | None:
        session = conversation.session
        lines = await self.lines_of(session)
        at = clock.now()
        ending = Ending("abandoned", at, self._parts.summaries.summary(lines, session.created_at, at))
        return ending if await self._parts.sessions.end(session.id, ending) else None

    def _turn_away(self, conversation: Conversation) -> None:
        waiting = list(conversation.waiting)
        conversation.waiting.clear()
        for job in waiting:
            match job:
                case Line():
                    self._refuse(conversation, job, frames.unavailable())
                case EarlyEnd():
                    _tell(job, frames.unavailable())
                case Recovered():
                    conversation.waiting.append(job)

    def _refuse(self, conversation: Conversation, job: Line, answer: frames.Frame) -> None:
        self._parts.line_limits.give_back(conversation.session.user_id)
        self._parts.metrics.message("refused")
        self._parts.logbook.frame(conversation.session.id, "user_message", answer["code"])
        job.connection.send(answer)


def _tell(job: EarlyEnd, answer: frames.Frame) -> None:
    if job.connection is not None:
        job.connection.send(answer)


def rated(items: list[Item]) -> list[RatedLine]:
    """Give the trainee's rated lines among `items`."""
    lines = []
    for item in items:
        if item.evaluation is not None:
            matches = item.evaluation.keyword_matches
            rating = Rating(
                score=item.evaluation.score,
                matched=tuple(matches["matched"]),
                missed=tuple(matches["missed"]),
                match_percentage=matches["match_percentage"],
                qualities=item.evaluation.quality_scores,
                insulting=False,
            )
            lines.append(RatedLine(item.content, rating))
    return lines
