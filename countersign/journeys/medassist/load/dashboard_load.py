"""How long a nurse waits for the dashboard: its data over HTTP, and its page where one is offered."""

import time
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from countersign.errors import ContractBroken
from countersign.journeys.measuring import measure_percentile
from countersign.journeys.medassist.nurse import Nurse
from countersign.journeys.medassist.nursing.waiting_reports import WaitingReports
from countersign.journeys.medassist.page.page_people import at_pages
from countersign.load.pace import Pace

DATA_EVERY = 0.12
"""Seconds from one load to the next: three requests each, shared by two nurses, 12 or 13 a second for each of them. 100
loads take 12 s, so nobody uses up the burst of 100 requests and the 10 a second that are allowed besides."""
LOADED_WITHIN = 20.0
SHARE = 95


@dataclass(frozen=True)
class DashboardLoads:
    """Seconds of every load. `page` is empty where no page is offered."""

    data: tuple[float, ...]
    page: tuple[float, ...]


def loads_dashboard(first: Nurse, second: Nurse, data: int, pages: int) -> DashboardLoads:
    """Load the data of the dashboard so many times, the two nurses in turn; then the page of the first one, if any."""
    seconds = _data_loads(first, second, data)
    if "nurse-page" not in first.system.capabilities:
        first.stage.recorder.say("not done: the page was not loaded, for the system offers none")
        return DashboardLoads(seconds, ())
    return DashboardLoads(seconds, _page_loads(first, pages))


def _data_loads(first: Nurse, second: Nurse, count: int) -> tuple[float, ...]:
    nurses, pace, seconds = cycle([first, second]), Pace(DATA_EVERY), []
    for nurse in (first, second):
        nurse.api.me()  # signed in before the first load
    for _ in range(count):
        pace.wait()
        seconds.append(_one_data_load(next(nurses)))
    return tuple(seconds)


def _one_data_load(nurse: Nurse) -> float:
    """Read the queue, the figures (where they are offered) and the first report; give the seconds."""
    reports, began = nurse.api.reports, time.monotonic()
    queue = reports.queue(limit=200)
    if "nurse-desk" in nurse.system.capabilities:
        reports.analytics()
    if not queue.entries:
        raise ContractBroken("medassist: the queue is empty while reports wait")
    reports.read(queue.entries[0].id)
    return time.monotonic() - began


def _page_loads(nurse: Nurse, count: int) -> tuple[float, ...]:
    """Load the page again and again with nothing kept from before; a queue is filled when all its rows are there."""
    person = at_pages(nurse.stage).nurse(nurse.name)
    person.window.keep_nothing()
    person.signs_in()
    rows = person.page.settled_rows()
    person.picture("the filled queue")
    return tuple(_one_page_load(person, rows) for _ in range(count))


def _one_page_load(person: Any, rows: int) -> float:
    page, began = person.page, time.monotonic()
    person.window.open(page.path, LOADED_WITHIN)
    filled = page.rows.nth(rows - 1)
    person.window.shown(page.sign_in_button.or_(filled).first, "the queue, or the way in", LOADED_WITHIN)
    if page.sign_in_button.is_visible():
        page.sign_in(person.nurse.account.email, person.nurse.account.password)
    person.window.shown(filled, f"the queue filled with {rows} reports", LOADED_WITHIN)
    return time.monotonic() - began


def data_figure(stage: Any, loads: DashboardLoads, limit: float) -> float:
    """Journal and give the time that 95 of 100 data loads do not exceed."""
    load = f"{stage.the(WaitingReports).total} reports waiting, two nurses in turn"
    name = "dashboard data: queue, figures and first report"
    return measure_percentile(stage, name, loads.data, SHARE, below=limit, load=load, required=len(loads.data))


def page_figure(stage: Any, loads: DashboardLoads, limit: float) -> list[float]:
    """Journal and give the time that 19 of 20 page loads do not exceed; nothing where there is no page."""
    if not loads.page:
        return []
    load = f"{stage.the(WaitingReports).total} reports waiting, one browser window, nothing kept"
    name = "nurse page, from navigation to the filled queue"
    return [measure_percentile(stage, name, loads.page, SHARE, below=limit, load=load, required=len(loads.page))]
