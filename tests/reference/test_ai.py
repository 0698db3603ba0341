"""The scripted AI, spoken to as a system speaks to it: over a real connection."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from programs import tied

from reference.ai.behaviours import MARKUP
from reference.ai.marks import BadMark, Script, read_mark, without_marks
from reference.ai.record import CallRecord
from reference.ai.wire import SECRET_LOOKING
from reference.stack.ports import Reservation

ROOT = Path(__file__).parents[2]
TOKEN = "control-token-of-this-test"
SYSTEM = {"role": "system", "content": "You are the customer.\nNext customer line: I cannot log in.\nStay polite."}


class Server:
    """A scripted AI in its own process."""

    def __init__(self, port: int) -> None:
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=5)
        self.control = {"Authorization": f"Bearer {TOKEN}"}

    def ask(self, text: str, **more: Any) -> httpx.Response:
        body = {"model": "gpt-4o-mini", "messages": [SYSTEM, {"role": "user", "content": text}], **more}
        return self.http.post("/v1/chat/completions", json=body)

    def content(self, text: str) -> Any:
        answer = self.ask(text)
        assert answer.status_code == 200, answer.text
        return answer.json()["choices"][0]["message"]["content"]

    def calls(self, since: int = 0) -> dict[str, Any]:
        read: dict[str, Any] = self.http.get(f"/control/calls?since={since}", headers=self.control).json()
        return read

    def default(self, **script: Any) -> httpx.Response:
        return self.http.put("/control/default", json=script, headers=self.control)


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    with Reservation() as port:
        variables = {**os.environ, "PORT": str(port.number), "CONTROL_TOKEN": TOKEN}
        process = subprocess.Popen(tied(sys.executable, "-m", "reference.ai"), cwd=ROOT, env=variables)
        server = Server(port.number)
        try:
            until = time.monotonic() + 10
            while True:
                try:
                    server.http.get("/v1/models").raise_for_status()
                    break
                except httpx.ConnectError:
                    assert process.poll() is None, "the scripted AI ended at its start"
                    assert time.monotonic() < until, "the scripted AI is not ready after 10 s"
                    time.sleep(0.02)
            yield server
        finally:
            server.http.close()
            process.terminate()
            process.wait(10)


@pytest.fixture
def ai(running: Server) -> Iterator[Server]:
    running.http.delete("/control/calls", headers=running.control)
    yield running
    running.default(do="customer")


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("no mark at all", None),
        ("[[script do=echo]]", Script("echo")),
        ("Hello [[script do=delay seconds=2]] there", Script("delay", {"seconds": "2"})),
        ('[[script do=say text="two words"]]', Script("say", {"text": "two words"})),
        (r'[[script text="a \"quoted\" \\ ]] end" do=say]]', Script("say", {"text": r'a "quoted" \ ]] end'})),
        ("[[script do=echo]] [[script do=hang]]", Script("echo")),
        ("[[scripted do=echo]]", None),
    ],
)
def test_reads_marks(text: str, script: Script | None) -> None:
    assert read_mark(text) == script


@pytest.mark.parametrize("text", ["[[script]]", "[[script echo]]", "[[script do=]]", "[[script seconds=1]]"])
def test_refuses_marks_that_say_nothing(text: str) -> None:
    with pytest.raises(BadMark, match=r"\[\[script|key=value"):
        read_mark(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Hello [[script do=echo]]", "Hello"),
        ("[[script do=echo]] Hello", "Hello"),
        ("a  b [[script do=echo]] c", "a  b c"),
        ('x [[script do=say text="]] y"]]', "x"),
        ("[[script do=echo]]", ""),
    ],
)
def test_strips_marks(text: str, kept: str) -> None:
    assert without_marks(text) == kept


def test_the_customer_speaks_the_line_of_the_system_text(ai: Server) -> None:
    assert ai.content("Good morning") == "I cannot log in."


def test_without_a_line_the_customer_stays_neutral_and_varies(ai: Server) -> None:
    said = set()
    talk = [{"role": "system", "content": "You are a customer."}]
    for _ in range(6):
        talk.append({"role": "user", "content": "And now?"})
        answer = ai.http.post("/v1/chat/completions", json={"messages": talk}).json()
        talk.append(answer["choices"][0]["message"])
        said.add(talk[-1]["content"])
    assert len(said) >= 3


def test_echo_keeps_every_character_but_the_mark(ai: Server) -> None:
    line = 'Grüße, 日本語 🎉 "quoted" back\\slash <b>hi</b> -- {{CARD}}'
    assert ai.content(f"{line} [[script do=echo]]") == line


def test_echo_survives_unpaired_surrogates(ai: Server) -> None:
    body = '{"messages": [{"role": "user", "content": "a\\ud800b [[script do=echo]]"}]}'
    answer = ai.http.post("/v1/chat/completions", content=body)
    assert answer.json()["choices"][0]["message"]["content"] == "a\ud800b"
    assert ai.calls()["calls"][0]["messages"][0]["content"].startswith("a\ud800b")


@pytest.mark.parametrize(
    ("mark", "content"),
    [
        ('do=say text="Yes, go on."', "Yes, go on."),
        ("do=empty", ""),
        ("do=null", None),
        ("do=markup", MARKUP),
    ],
)
def test_fixed_contents(ai: Server, mark: str, content: str | None) -> None:
    assert ai.content(f"Hello [[script {mark}]]") == content


def test_blank_and_long(ai: Server) -> None:
    blank = ai.content("[[script do=blank]]")
    assert blank and not blank.strip()
    assert len(ai.content("[[script do=long]]")) == 20_000
    assert len(ai.content("[[script do=long characters=77]]")) == 77


def test_counts_tokens(ai: Server) -> None:
    answer = ai.ask('[[script do=say text="12345678"]]').json()
    assert answer["usage"]["completion_tokens"] == 2
    assert answer["usage"]["prompt_tokens"] > 10
    assert answer["usage"]["total_tokens"] == answer["usage"]["prompt_tokens"] + 2


@pytest.mark.parametrize("code", [400, 401, 403, 429, 500, 503])
def test_error_bodies_hold_a_secret_looking_text(ai: Server, code: int) -> None:
    answer = ai.ask(f"[[script do=status code={code}]]")
    assert answer.status_code == code
    assert SECRET_LOOKING in answer.json()["error"]["message"]


def test_no_choices_and_garbage(ai: Server) -> None:
    assert ai.ask("[[script do=no-choices]]").json()["choices"] == []
    garbage = ai.ask("[[script do=garbage]]")
    assert garbage.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        garbage.json()


@pytest.mark.parametrize("stream", [False, True])
def test_cut_breaks_off_in_the_middle(ai: Server, stream: bool) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        ai.ask("[[script do=cut]]", stream=stream)


def test_hang_says_nothing_and_holds_up_nobody(ai: Server) -> None:
    with ThreadPoolExecutor(1) as others:
        hanging = others.submit(
            httpx.post,
            ai.http.base_url.join("/v1/chat/completions"),
            json={"messages": [{"role": "user", "content": "[[script do=hang]]"}]},
            timeout=1,
        )
        assert ai.content("Hello") == "I cannot log in."
        with pytest.raises(httpx.ReadTimeout):
            hanging.result(5)


def test_delay_waits_then_answers_as_the_default(ai: Server) -> None:
    began = time.monotonic()
    assert ai.content("[[script do=delay seconds=0.3]]") == "I cannot log in."
    assert time.monotonic() - began >= 0.3
    ai.default(do="echo")
    assert ai.content("Hi [[script do=delay seconds=0]]") == "Hi"


def test_streams_pieces_that_join_to_the_text(ai: Server) -> None:
    text = "One two three, four five  six."
    answer = ai.ask(f'[[script do=say text="{text}"]]', stream=True, stream_options={"include_usage": True})
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [line.removeprefix("data: ") for line in answer.text.split("\n\n") if line]
    assert events[-1] == "[DONE]"
    chunks = [json.loads(event) for event in events[:-1]]
    deltas = [chunk["choices"][0]["delta"].get("content") or "" for chunk in chunks if chunk["choices"]]
    assert "".join(deltas) == text
    assert len([delta for delta in deltas if delta]) >= 3
    assert chunks[-1]["usage"]["completion_tokens"] == 8
    assert chunks[-2]["choices"][0]["finish_reason"] == "stop"


@pytest.mark.parametrize(
    ("mark", "hint"),
    [
        ("do=dance", "known are customer"),
        ("do=say", 'needs text="..."'),
        ("do=status code=200", "from 400 to 599"),
        ("do=echo loud=yes", "does not know the option loud"),
    ],
)
def test_a_wrong_mark_is_told_and_recorded(ai: Server, mark: str, hint: str) -> None:
    answer = ai.ask(f"[[script {mark}]]")
    assert answer.status_code == 400
    assert hint in answer.json()["error"]["message"]
    assert ai.calls()["calls"][-1]["behaviour"] == "unreadable"


@pytest.mark.parametrize("body", ["", "nonsense", "[]", "{}", '{"messages": []}', '{"messages": [1]}'])
def test_requests_of_the_wrong_form_are_refused(ai: Server, body: str) -> None:
    answer = ai.http.post("/v1/chat/completions", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "invalid_request_error"


def test_records_what_was_asked(ai: Server) -> None:
    ai.ask("First [[script do=echo]]", temperature=0.6, max_tokens=180)
    seen = ai.calls()
    assert [call["behaviour"] for call in seen["calls"]] == ["echo"]
    call = seen["calls"][0]
    assert (call["model"], call["temperature"], call["max_tokens"]) == ("gpt-4o-mini", 0.6, 180)
    assert call["messages"] == [SYSTEM, {"role": "user", "content": "First [[script do=echo]]"}]
    assert call["at"].endswith("Z")
    ai.ask("Second")
    later = ai.calls(seen["next"])
    assert [call["messages"][1]["content"] for call in later["calls"]] == ["Second"]
    assert later["calls"][0]["number"] == seen["next"]
    ai.http.delete("/control/calls", headers=ai.control)
    assert ai.calls() == {"next": later["next"], "calls": []}


def test_the_record_is_bounded() -> None:
    record = CallRecord(kept=3)
    for number in range(5):
        record.add({"model": str(number), "messages": []}, "echo")
    seen = record.since(0)
    assert [call["model"] for call in seen["calls"]] == ["2", "3", "4"]
    assert seen["next"] == seen["calls"][-1]["number"] + 1


def test_the_default_can_be_set(ai: Server) -> None:
    assert ai.default(do="say", text="At once").json() == {"do": "say", "text": "At once"}
    assert ai.content("Hello") == "At once"
    assert ai.content("Hello [[script do=customer]]") == "I cannot log in."
    refused = ai.default(do="dance")
    assert refused.status_code == 422
    assert "known are" in refused.json()["detail"]
    assert ai.content("Hello") == "At once"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/control/calls"), ("DELETE", "/control/calls"), ("PUT", "/control/default")]
)
def test_control_needs_the_token(ai: Server, method: str, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        assert ai.http.request(method, path, headers=headers).status_code == 401


def test_scripts_are_added_and_removed_without_those_of_others(ai: Server) -> None:
    one, other = ({"do": "say", "text": name, "contains": name, "calls": 2} for name in ("mine", "yours"))
    try:
        (mine,) = ai.http.post("/control/scripts", json={"scripts": [one]}, headers=ai.control).json()["added"]
        both = ai.http.post("/control/scripts", json={"scripts": [other]}, headers=ai.control).json()
        assert [each["contains"] for each in both["scripts"]] == ["mine", "yours"]
        assert [ai.content("is it mine"), ai.content("is it yours")] == ["mine", "yours"]
        left = ai.http.delete(f"/control/scripts/{mine}", headers=ai.control).json()["scripts"]
        assert [(each["name"], each["calls"]) for each in left] == [(both["added"][0], 1)]
        assert ai.content("is it mine") == "I cannot log in."
        assert ai.content("is it yours") == "yours"
        assert ai.http.delete(f"/control/scripts/{mine}", headers=ai.control).status_code == 404
        assert (
            ai.http.post("/control/scripts", json={"scripts": [{"do": "dance"}]}, headers=ai.control).status_code == 422
        )
    finally:
        ai.http.delete("/control/scripts", headers=ai.control)


def test_lists_models(ai: Server) -> None:
    assert "gpt-4o-mini" in [model["id"] for model in ai.http.get("/v1/models").json()["data"]]


def test_two_hundred_calls_are_no_burden(ai: Server) -> None:
    began = time.monotonic()
    with ThreadPoolExecutor(8) as callers:
        answers = list(callers.map(lambda number: ai.content(f"{number} [[script do=echo]]"), range(200)))
    print(f"200 calls in {time.monotonic() - began:.2f} s")
    assert answers == [str(number) for number in range(200)]
    assert len(ai.calls()["calls"]) == 200
