"""Chat lines with systems that keep to the protocol and with some that do not."""

# ruff: noqa: SIM117 - the innermost "with" is the sentence that has to fail, kept apart from the stage it fails on

import io
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hostile import (
    Behaviour,
    accept_upgrade,
    answering,
    close_at_once,
    closed_port,
    drip_header,
    dripping,
    flood,
    garbage,
    hostile,
    http,
    not_reading,
    reset_at_once,
    silent,
    text_frame,
    upgraded,
    web_page,
)
from websockets.sync.server import ServerConnection, serve

from countersign.errors import (
    ContractBroken,
    CountersignError,
    DeadlineExceeded,
    HandshakeRefused,
    LineClosed,
    SystemUnreachable,
    TargetError,
)
from countersign.evidence import Recorder, Speech
from countersign.transport import Deadline, WebSocketLine

WITHIN = 0.4
AT_MOST = 2.5


@contextmanager
def on_time(at_most: float = AT_MOST) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < at_most


def open_line(url: str, recorder: Recorder, *, within: float = 10, **options: Any) -> WebSocketLine:
    address = url + "/chat/7?token=abcdefgh"
    return WebSocketLine.open(address, system="chattrain", actor="Ben", recorder=recorder, within=within, **options)


def talkative(line: ServerConnection) -> None:
    for message in line:
        if message == "bye":
            line.close(4004, "no such session")
        elif isinstance(message, bytes):
            line.send(message)
        else:
            line.send(json.dumps({"type": "echo", "content": message}))


@pytest.fixture
def system() -> Iterator[str]:
    """A well-behaved system: echoes, and closes with 4004 when told "bye"."""
    with serve(talkative, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        server.shutdown()
        thread.join(5)


# ---------------------------------------------------------------- well behaved


def test_messages_go_both_ways_with_their_times(system: str, recorder: Recorder) -> None:
    with open_line(system, recorder) as line:
        sent = line.send_json({"content": "häß \ud800"})
        frame = line.receive(1)
        assert json.loads(frame.json["content"]) == {"content": "häß \ud800"}
        assert 0 < frame.arrived - sent < 1
        line.send_bytes(b"\x00\x01")
        binary = line.receive(1)
        assert (binary.data, binary.text) == (b"\x00\x01", None)
        with pytest.raises(ContractBroken, match="expected JSON in a text frame, got 2 binary bytes"):
            _ = binary.json


def test_arrival_is_stamped_when_the_frame_comes_not_when_it_is_fetched(system: str, recorder: Recorder) -> None:
    with open_line(system, recorder) as line:
        sent = line.send_text("hello")
        time.sleep(0.3)
        assert line.receive(1).arrived - sent < 0.2


def test_a_network_put_in_between_changes_the_way_and_not_the_address(system: str, recorder: Recorder) -> None:
    host, _, port = system.removeprefix("ws://").partition(":")
    with open_line("ws://chattrain.example:8000", recorder, via=(host, int(port))) as line:
        line.send_text("hello")
        assert line.receive(1).json["content"] == "hello"


def test_one_receives_while_another_sends(system: str, recorder: Recorder) -> None:
    with open_line(system, recorder) as line:
        later = threading.Timer(0.1, line.send_text, ["hello"])
        later.start()
        assert line.receive(2).json["content"] == "hello"
        later.join(5)


def test_a_line_closed_by_the_system_gives_what_came_before_and_then_its_code(system: str, recorder: Recorder) -> None:
    line = open_line(system, recorder)
    line.send_text("hello")
    line.send_text("bye")
    assert line.wait_closed(2) == 4004
    assert line.receive(1).json["content"] == "hello"
    with pytest.raises(LineClosed, match=r"closed with 4004 \(no such session\); last seen: echo at") as raised:
        line.receive(1)
    assert raised.value.code == 4004
    assert (line.close_code, line.close_reason) == (4004, "no such session")
    with pytest.raises(LineClosed, match="closed with 4004"):
        line.send_text("hello?")


def test_closing_in_order_is_quick_and_leaves_no_thread(system: str, recorder: Recorder) -> None:
    before = threading.active_count()
    line = open_line(system, recorder)
    with on_time():
        line.close()
    assert line.close_code == 1000
    line.close()
    eventually_threads(before)


def eventually_threads(at_most: int) -> None:
    end = time.monotonic() + 3
    while threading.active_count() > at_most and time.monotonic() < end:
        time.sleep(0.02)
    assert threading.active_count() <= at_most


def test_waiting_for_a_close_that_does_not_come_ends_on_time(system: str, recorder: Recorder) -> None:
    with open_line(system, recorder) as line, on_time():
        with pytest.raises(DeadlineExceeded, match=r"to be closed: expected within 0.2 s"):
            line.wait_closed(0.2)


def test_nothing_received_says_what_was_last_seen(system: str, recorder: Recorder) -> None:
    with open_line(system, recorder) as line, on_time():
        with pytest.raises(DeadlineExceeded, match="last seen: nothing"):
            line.receive(0.1)
        line.send_text("hello")
        line.receive(1)
        with pytest.raises(
            DeadlineExceeded, match=r"the customer's reply: expected within 0.1 s, waited 0.1\d s; last seen: echo at "
        ):
            line.receive(Deadline(0.1, "the customer's reply"))


def test_what_was_said_is_recorded_and_told_redacted(system: str, recorder: Recorder, echo: io.StringIO) -> None:
    def narrator(direction: str, message: Any) -> Speech | None:
        if direction == "sent":
            return Speech("Ben", "trainee", str(message["content"]))
        return None

    with open_line(system, recorder, narrator=narrator, headers={"X-Session-Token": "abcdefgh"}) as line:
        line.send_json({"type": "user_message", "content": "mail john@test.com"})
        line.receive(1)
    summaries = [(entry.direction, entry.summary) for entry in recorder.entries()]
    assert summaries[:4] == [
        ("sent", "open /chat/7?token=[redacted]"),
        ("received", "opened /chat/7?token=[redacted]"),
        ("sent", "user_message"),
        ("received", "echo"),
    ]
    assert recorder.entries()[2].speech == Speech("Ben", "trainee", "mail [email]")
    assert "john@test.com" not in echo.getvalue()
    assert "abcdefgh" not in echo.getvalue()


def test_a_narrator_that_fails_is_not_hidden(system: str, recorder: Recorder) -> None:
    def narrator(direction: str, message: Any) -> Speech | None:
        if direction == "received":
            raise KeyError("content")
        return None

    with open_line(system, recorder, narrator=narrator) as line:
        line.send_text("hello")
        with pytest.raises(CountersignError, match="reading failed in the suite: KeyError"):
            line.receive(1)


def test_cut_resets_without_a_close_frame(recorder: Recorder) -> None:
    ended: list[object] = []

    def behave(line: socket.socket, stop: threading.Event) -> None:
        accept_upgrade(line)
        line.settimeout(5)
        try:
            ended.append(line.recv(1000))
        except ConnectionResetError as error:
            ended.append(error)

    with hostile(behave) as server:
        line = open_line(server.url, recorder)
        with on_time():
            line.cut()
        assert line.close_code == 1006
        with pytest.raises(LineClosed):
            line.receive(1)
        end = time.monotonic() + 3
        while not ended and time.monotonic() < end:
            time.sleep(0.01)
    assert isinstance(ended[0], ConnectionResetError)


def test_pings_of_the_system_are_answered(recorder: Recorder) -> None:
    answers: list[bytes] = []

    def behave(line: socket.socket, stop: threading.Event) -> None:
        accept_upgrade(line)
        line.sendall(b"\x89\x02hi")
        answers.append(line.recv(100))

    with hostile(behave) as server:
        open_line(server.url, recorder).wait_closed(2)
    assert answers[0][0] == 0x8A


def test_a_message_in_fragments_is_put_together(recorder: Recorder) -> None:
    half, rest = text_frame(b'{"type": "ses', first_byte=0x01), text_frame(b'sion_start"}', first_byte=0x80)
    with hostile(upgraded(half, b"\x89\x00", rest)) as server, open_line(server.url, recorder) as line:
        assert line.receive(1).json == {"type": "session_start"}
        line.close(within=0.1)


def test_no_compression_is_offered(recorder: Recorder) -> None:
    asked: list[bytes] = []

    def behave(line: socket.socket, stop: threading.Event) -> None:
        asked.append(line.recv(65536))
        line.sendall(http("403 Forbidden", b""))

    with hostile(behave) as server, pytest.raises(HandshakeRefused):
        open_line(server.url, recorder, origin="https://elsewhere.test", headers={"X-A": "1"})
    assert b"permessage-deflate" not in asked[0]
    assert b"Origin: https://elsewhere.test\r\n" in asked[0]
    assert b"X-A: 1\r\n" in asked[0]


# ---------------------------------------------------------------- openings that go wrong


@pytest.mark.parametrize(
    ("behaviour", "error", "message"),
    [
        (silent, DeadlineExceeded, "expected within 0.4 s.*not one byte of an answer"),
        (not_reading, DeadlineExceeded, "not one byte of an answer"),
        (drip_header, HandshakeRefused, "was answered 200"),
        (
            dripping(b"HTTP/1.1 101 Switching Protocols\r\nX: "),
            DeadlineExceeded,
            "did not end, beginning 'HTTP/1.1 101",
        ),
        (dripping(b""), DeadlineExceeded, "did not end, beginning 'x"),
        (web_page, HandshakeRefused, r"was answered 200: '<!doctype html.*\[redacted\]"),
        (dripping(b"HTTP/1.1 200 OK\r\n\r\n<html>"), HandshakeRefused, "was answered 200.*<html>"),
        (answering(http("403 Forbidden", b'{"detail": "no"}')), HandshakeRefused, "was answered 403: .*no"),
        (answering(http("500 Oops", b"")), HandshakeRefused, "was answered 500$"),
        (garbage, ContractBroken, "expected the opening of a chat line, got 'SSH-2.0"),
        (close_at_once, LineClosed, "closed before one byte"),
        (reset_at_once, LineClosed, "lost while the chat line was opened"),
        (answering(b"HTTP/1.1 101 Switching Pro"), LineClosed, "closed in the middle of the opening"),
        (answering(b"HTTP/1.1 101 Hi\r\n\r\n"), ContractBroken, "breaks its protocol"),
        (
            answering(
                b"HTTP/1.1 101 Hi\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n"
            ),
            ContractBroken,
            "breaks its protocol",
        ),
    ],
)
def test_an_opening_that_goes_wrong_is_named_on_time(
    behaviour: Behaviour, error: type[CountersignError], message: str, recorder: Recorder
) -> None:
    with hostile(behaviour) as server, on_time():
        with pytest.raises(error, match=message) as raised:
            open_line(server.url, recorder, within=WITHIN)
        assert type(raised.value) is error
        assert str(raised.value).startswith("chattrain: chat line /chat/7?token=[redacted]: ")
    assert recorder.entries()[-1].summary.startswith("not opened: ")


def test_the_status_of_a_refusal_can_be_asked(recorder: Recorder) -> None:
    with hostile(answering(http("403 Forbidden", b""))) as server, pytest.raises(HandshakeRefused) as raised:
        open_line(server.url, recorder)
    assert raised.value.status == 403


def test_nobody_there_is_said_with_the_address(recorder: Recorder) -> None:
    port = closed_port()
    with on_time(), pytest.raises(SystemUnreachable, match=f"nobody answers at ws://127.0.0.1:{port} .*refused"):
        open_line(f"ws://127.0.0.1:{port}", recorder)


def test_tls_towards_a_system_without_tls_is_explained(recorder: Recorder) -> None:
    with hostile(garbage) as server, on_time(), pytest.raises(SystemUnreachable, match="does not speak TLS"):
        open_line(server.url.replace("http", "wss"), recorder, within=WITHIN)


def test_a_tls_opening_that_does_not_end_is_ended(recorder: Recorder) -> None:
    with hostile(silent) as server, on_time(), pytest.raises(DeadlineExceeded):
        open_line(server.url.replace("http", "wss"), recorder, within=WITHIN)


def test_an_address_that_is_none_is_refused(recorder: Recorder) -> None:
    with pytest.raises(TargetError, match="is no address of a chat line"):
        open_line("127.0.0.1:8000", recorder)


def test_proxies_of_the_environment_are_not_used(
    system: str, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "ws_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    with open_line(system, recorder) as line:
        line.send_text("hello")
        assert line.receive(1).json["type"] == "echo"


# ---------------------------------------------------------------- lines that go wrong


@pytest.mark.parametrize(
    ("behaviour", "error", "message"),
    [
        (upgraded(then="close"), LineClosed, "closed with 1006"),
        (upgraded(then="reset"), LineClosed, "closed with 1006"),
        (upgraded(text_frame(b"\x0f\xa1taken over", first_byte=0x88)), LineClosed, r"closed with 4001 \(taken over\)"),
        (upgraded(text_frame(b"\x07\xd1", first_byte=0x88)), ContractBroken, "a frame breaks the protocol"),
        (upgraded(text_frame(b"", first_byte=0x88)), LineClosed, "closed with 1005"),
        (upgraded(b"\xff\xff\xff\xff"), ContractBroken, "a frame breaks the protocol"),
        (upgraded(text_frame(b"\xff\xfe")), ContractBroken, "a text frame of 2 bytes is not UTF-8"),
        (upgraded(text_frame(b"x" * 200_000)), ContractBroken, "a frame breaks the protocol"),
        (upgraded(text_frame(b"half")[:3]), DeadlineExceeded, "last seen: nothing"),
    ],
)
def test_a_line_that_goes_wrong_is_named_on_time(
    behaviour: Behaviour, error: type[CountersignError], message: str, recorder: Recorder
) -> None:
    with hostile(behaviour) as server, on_time():
        line = open_line(server.url, recorder, max_frame=100_000)
        with pytest.raises(error, match=message) as raised:
            line.receive(WITHIN)
        assert type(raised.value) is error
        line.close(within=0.1)


@pytest.mark.parametrize("frame", [text_frame(b"{}"), text_frame(b"x" * 60_000), b"\x81\x00"])
def test_a_flood_is_cut_and_named(frame: bytes, recorder: Recorder) -> None:
    before = threading.active_count()
    with hostile(flood(frame)) as server:
        line = open_line(server.url, Recorder(recorder.redactor, limit=0))
        line.wait_closed(20)
        received = 0
        with pytest.raises(ContractBroken, match=r"flooded: \d+ frames \(\d+ bytes\) that nobody asked for"):
            while True:
                line.receive(1)
                received += 1
        assert received <= 10_001
    eventually_threads(before)


def test_a_system_that_never_answers_the_close_frame_is_left_on_time(recorder: Recorder) -> None:
    with hostile(upgraded()) as server:
        line = open_line(server.url, recorder)
        with on_time():
            line.close(within=0.3)
        assert line.closed
    assert any("close frame was not answered within 0.3 s" in entry.summary for entry in recorder.entries())


def test_a_system_that_takes_no_more_bytes_is_named_on_time(recorder: Recorder) -> None:
    with hostile(upgraded()) as server:
        line = open_line(server.url, recorder)
        with on_time():
            with pytest.raises(DeadlineExceeded, match=r"to take a frame of 30000000: .*takes no more bytes"):
                line.send_text("z" * 30_000_000, within=0.4)
            line.close(within=0.3)


def test_reading_goes_on_while_the_system_takes_no_more_bytes(recorder: Recorder) -> None:
    def behave(line: socket.socket, stop: threading.Event) -> None:
        accept_upgrade(line)
        stop.wait(0.2)
        line.sendall(text_frame(b'{"type": "still here"}'))
        stop.wait(30)

    with hostile(behave) as server:
        line = open_line(server.url, recorder)
        sender = threading.Thread(target=attempt, args=(lambda: line.send_text("z" * 30_000_000, within=1.0),))
        sender.start()
        assert line.receive(0.8).json == {"type": "still here"}
        sender.join(5)
        line.cut()


def attempt(action: Callable[[], object]) -> None:
    with pytest.raises(DeadlineExceeded):
        action()
