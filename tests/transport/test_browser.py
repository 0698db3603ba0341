"""The browser room: which browser is used, what a window sees, and that every wait ends."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from websockets.sync.server import ServerConnection, serve

from countersign.errors import (
    CapabilityMissing,
    ContractBroken,
    DeadlineExceeded,
    SuiteError,
    SystemUnreachable,
    TargetError,
)
from countersign.evidence import Recorder, Redactor
from countersign.transport.browser import Browser, Window, find_browser, need_browser
from countersign.transport.browser.bounded import ask
from countersign.transport.eventually import eventually

HEAD = "<!doctype html><html lang=en><head><title>A page</title><link rel=icon href='data:,'>"
PAGES = {
    "/": f"{HEAD}<body><main><h1>Hello</h1></main>",
    "/noisy": f"""{HEAD}<body><script>
        console.error("a noise"); console.log("a word"); alert("look"); fetch("/absent");
        setTimeout(() => {{ throw new Error("nobody caught this"); }});
        document.title = "done";</script>""",
    "/far": f"{HEAD}<body><img src='http://192.0.2.1/picture.png' alt='' onerror='document.title=`refused`'>",
    "/faulty": f"""{HEAD}<body><main><h1>Faulty</h1><button></button>
        <p style='color:#ccc;background:#fff'>faint</p><section aria-label=good><p>fine</p></section></main>""",
    "/keys": f"""{HEAD}<style>.bare:focus {{ outline: none }} .ring:focus {{ outline: none; box-shadow: 0 0 0 3px #00f;
        transition: box-shadow 80ms }}</style><body><a href=#a>First</a><button>Second</button>
        <button class=bare>Bare</button><button class=ring>Ring</button><div role=button>Mouse only</div>
        <input aria-label=Last autofocus>""",
    "/kept": f"{HEAD}<body><script>document.title = localStorage.getItem('x') ?? 'fresh';"
    "localStorage.setItem('x', 'seen before')</script>",
}


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/never":
            time.sleep(3)
        page = PAGES.get(self.path)
        body = (page or "nothing here").encode()
        self.send_response(200 if page else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet: the tests read what the browser saw."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    choice = find_browser()
    if choice is None:
        pytest.skip("no browser here; `python -m countersign.suite.browser_setup` brings one")
    with Browser(choice) as started:
        yield started


@pytest.fixture
def recorder() -> Recorder:
    return Recorder(Redactor())


@pytest.fixture
def window(browser: Browser, address: str, recorder: Recorder) -> Iterator[Window]:
    with browser.window(address, system="example", actor="Ben", recorder=recorder, within=5) as opened:
        yield opened


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


# ---- which browser


def test_the_named_browser_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = program(tmp_path / "my-browser", "echo Chromium 1.2.3")
    monkeypatch.setenv("COUNTERSIGN_BROWSER", str(mine))

    choice = find_browser()

    assert choice is not None
    assert (choice.path, choice.version, choice.found_by) == (mine, "Chromium 1.2.3", "named by COUNTERSIGN_BROWSER")


@pytest.mark.parametrize("script", [None, "echo I install things; exit 1", "echo Lynx 2.9"])
def test_a_named_program_that_is_no_browser_is_refused_and_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None
) -> None:
    path = tmp_path / "wrong"
    if script:
        program(path, script)
    monkeypatch.setenv("COUNTERSIGN_BROWSER", str(path))

    with pytest.raises(TargetError, match="is not a browser that starts"):
        find_browser()


def test_playwrights_own_comes_before_the_one_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COUNTERSIGN_BROWSER", raising=False)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "own"))
    on_path = program(tmp_path / "bin" / "chromium", "echo Chromium 1.0")
    monkeypatch.setenv("PATH", str(on_path.parent), prepend=os.pathsep)
    before = find_browser()
    asked = subprocess.run(
        [sys.executable, "-m", "playwright", "install", "--dry-run", "chromium"],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    ).stdout
    place = next(line.split(":", 1)[1].strip() for line in asked.splitlines() if "Install location" in line)
    own = program(Path(place) / "chrome-linux64" / "chrome", "echo Google Chrome for Testing 2.0")

    after = find_browser()

    assert before is not None and before.path == on_path
    assert after is not None and (after.path, after.found_by) == (own, "Playwright's own")


def test_without_a_browser_the_sentence_says_how_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COUNTERSIGN_BROWSER", raising=False)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    program(tmp_path / "bin" / "chromium-browser", "echo install me from the shop; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))

    with pytest.raises(CapabilityMissing, match=r"make setup.*COUNTERSIGN_BROWSER"):
        need_browser()


def test_where_the_sandbox_cannot_work_the_browser_starts_without_it(
    browser: Browser, address: str, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Chromium refuses its sandbox to root, as many containers do to everybody.
    browser.close()
    monkeypatch.setattr("countersign.transport.browser.engine.os.geteuid", lambda: 1000)

    with browser.window(address, system="example", actor="Ben", recorder=recorder) as window:
        window.open("/")

        assert window.page.title() == "A page"


# ---- what a window sees


def test_a_window_sees_console_errors_dialogs_and_requests(window: Window, recorder: Recorder, address: str) -> None:
    window.open("/noisy")
    window.eventually(lambda: _must(window.seen.page_errors and _answered(window, "/absent")), 5)

    kinds = {(line.kind, line.text) for line in window.seen.console}
    assert {("error", "a noise"), ("log", "a word")} <= kinds
    assert window.seen.dialogs == ["alert: look"]
    assert window.seen.page_errors == ["nobody caught this"]
    assert _answered(window, "/absent") == [404]
    assert "a noise" in window.seen.errors and "nobody caught this" in window.seen.errors
    summaries = [entry.summary for entry in recorder.entries()]
    assert f"GET {address}/absent -> 404" in summaries
    assert {entry.channel for entry in recorder.entries()} == {"browser"}
    assert {entry.actor for entry in recorder.entries()} == {"Ben"}


def test_a_window_sees_frames_in_both_directions(window: Window, recorder: Recorder) -> None:
    def answer(line: ServerConnection) -> None:
        for said in line:
            line.send(json.dumps({"type": "echo", "said": json.loads(said)["word"]}))

    with serve(answer, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.socket.getsockname()[1]
        window.open("/")
        window.page.evaluate(
            """(url) => { const line = new WebSocket(url);
               line.onopen = () => line.send(JSON.stringify({type: "say", word: "hej"})); }""",
            f"ws://127.0.0.1:{port}/chat?token=a-long-secret-1234",
        )
        window.eventually(lambda: _must(window.seen.received("echo")), 5)
        server.shutdown()

    assert window.seen.sent("say") == [{"type": "say", "word": "hej"}]
    assert window.seen.received("echo") == [{"type": "echo", "said": "hej"}]
    recorded = [(entry.direction, entry.summary) for entry in recorder.entries() if entry.summary.startswith("frame")]
    assert recorded == [("sent", "frame say"), ("received", "frame echo")]
    assert not [entry for entry in recorder.entries() if "a-long-secret-1234" in entry.summary + entry.body]


def test_a_page_cannot_reach_beyond_its_host(window: Window) -> None:
    window.open("/far")
    window.page.wait_for_function("document.title === 'refused'")

    refused = [request for request in window.seen.requests if "192.0.2.1" in request.url]
    assert [request.status for request in refused] == [0]
    assert "PROXY" in refused[0].failure


def test_every_window_is_fresh(browser: Browser, address: str, recorder: Recorder) -> None:
    titles = []
    for _ in range(2):
        with browser.window(address, system="example", actor="Ben", recorder=recorder) as window:
            window.open("/kept")
            titles.append(window.page.title())
            window.reload()
            titles.append(window.page.title())

    assert titles == ["fresh", "seen before", "fresh", "seen before"]


def test_a_picture_is_a_jpeg(window: Window) -> None:
    window.open("/")

    assert window.screenshot().startswith(b"\xff\xd8\xff")


# ---- every wait ends


def test_nobody_there_is_unreachable(browser: Browser, recorder: Recorder) -> None:
    with (
        browser.window("http://127.0.0.1:1", system="example", actor="Ben", recorder=recorder) as window,
        pytest.raises(SystemUnreachable, match="ERR_"),
    ):
        window.open()


def test_a_page_that_never_comes_exceeds_its_deadline(window: Window) -> None:
    began = time.monotonic()

    with pytest.raises(DeadlineExceeded, match=r"expected within 0\.5 s"):
        window.open("/never", within=0.5)

    assert time.monotonic() - began < 2.5


def test_a_page_that_never_yields_does_not_hold_up_the_suite(
    browser: Browser, address: str, recorder: Recorder
) -> None:
    began = time.monotonic()
    with browser.window(address, system="example", actor="Ben", recorder=recorder) as window:
        window.open("/")
        window.page.evaluate("setTimeout(() => { for (;;); })")
        with pytest.raises(DeadlineExceeded):
            ask(window.page, "() => 1", None, "a word from the page", 1.0)

    assert time.monotonic() - began < 8


def test_another_thread_is_told_where_a_browser_works(browser: Browser, address: str, recorder: Recorder) -> None:
    browser.window(address, system="example", actor="Ben", recorder=recorder).close()
    raised: list[BaseException] = []

    def elsewhere() -> None:
        try:
            browser.window(address, system="example", actor="Ann", recorder=recorder)
        except SuiteError as error:
            raised.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join(10)

    assert "main thread only" in str(raised[0])


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_browser_is_left_when_the_suite_is_killed(browser: Browser, how: signal.Signals) -> None:
    script = textwrap.dedent("""
        import sys, time
        from countersign.evidence import Recorder, Redactor
        from countersign.transport.browser import Browser
        browser = Browser()
        window = browser.window("http://127.0.0.1:1", system="s", actor="a", recorder=Recorder(Redactor()))
        print("open", flush=True)
        time.sleep(60)
    """)
    suite = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    try:
        assert suite.stdout is not None and suite.stdout.readline() == "open\n"
        family = _descendants(suite.pid)
        assert any("chrom" in name for name in family.values())
    finally:
        suite.send_signal(how)
        suite.wait(10)

    eventually(lambda: _must(not [pid for pid in family if _alive(pid)], "processes left"), 10)


# ---- accessibility and keyboard


def test_violations_name_rule_impact_and_element(window: Window) -> None:
    window.open("/faulty")

    found = {violation.rule: violation for violation in window.violations()}

    assert found["button-name"].impact == "critical" and found["button-name"].severe
    assert found["button-name"].targets == ("button",)
    assert found["color-contrast"].impact == "serious"


def test_a_region_is_checked_alone(window: Window) -> None:
    window.open("/faulty")

    assert window.violations(window.page.get_by_role("region", name="good")) == ()


def test_rules_that_found_nothing_to_look_at_are_no_pass(window: Window) -> None:
    window.open("/")
    window.page.evaluate("document.querySelector('main').append(document.createElement('section'))")

    with pytest.raises(ContractBroken, match="no rule applied"):
        window.violations(window.page.locator("section"))


@pytest.mark.parametrize(
    ("name", "visible", "by"),
    [("Second", True, "outline"), ("Bare", False, ""), ("Ring", True, "shadow")],
)
def test_the_focus_is_seen_or_not(window: Window, name: str, visible: bool, by: str) -> None:
    window.open("/keys")
    window.page.evaluate("document.activeElement.blur()")

    stop = window.tab_to("button", name)

    assert stop.visible is visible
    assert ",".join(part.partition(":")[0] for part in stop.shown_by) == by
    assert window.has_focus(window.page.get_by_role("button", name=name))


def test_an_element_that_already_has_the_focus_is_judged_on_arrival_by_keyboard(window: Window) -> None:
    window.open("/keys")

    stop = window.tab_to("textbox", "Last")

    assert (stop.presses, stop.visible) == (0, True)


def test_what_only_a_mouse_reaches_is_reported_with_the_stops_passed(window: Window) -> None:
    window.open("/keys")

    with pytest.raises(ContractBroken, match=r"'Mouse only' cannot be reached.*\"Second\".*\"Ring\""):
        window.tab_to("button", "Mouse only")


# ---- small helps


def _must(holds: object, otherwise: str = "not yet") -> None:
    assert holds, otherwise


def _answered(window: Window, path: str) -> list[int]:
    return [request.status for request in window.seen.requests if request.path == path]


def _descendants(pid: int) -> dict[int, str]:
    found = {}
    for task in Path(f"/proc/{pid}/task").glob("*"):
        for child in (task / "children").read_text().split():
            found[int(child)] = Path(f"/proc/{child}/comm").read_text().strip()
            found |= _descendants(int(child))
    return found


def _alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
