"""Many requests at once over plain sockets: whole answers, refusals, and every way in which a single one can fail."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from countersign.errors import ContractBroken, DeadlineExceeded, LineClosed, SystemUnreachable
from countersign.evidence import Recorder, Redactor
from countersign.transport.flight import Landed, Shot
from countersign.transport.volley import volley

FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
COUNT = 20


class Together:
    """A server that answers nobody before everybody's request is there."""

    def __init__(self, answers: list[bytes | None]) -> None:
        self._answers = answers
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        requests: list[tuple[int, socket.socket]] = []
        for _ in self._answers:
            line, _ = self._listening.accept()
            self._open.append(line)
        for line in self._open:
            line.settimeout(5)
            head = line.recv(65536).decode()
            requests.append((int(head.split("/number/")[1].split(" ")[0].split("?")[0]), line))
        for number, line in requests:
            answer = self._answers[number]
            if answer is not None:
                line.sendall(answer)
                line.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        for line in (*self._open, self._listening):
            line.close()


@pytest.fixture
def serving() -> Iterator[list[Together]]:
    servers: list[Together] = []
    yield servers
    for server in servers:
        server.close()


def fired(servers: list[Together], answers: list[bytes | None], within: float = 5.0) -> list[Landed]:
    servers.append(Together(answers))
    shots = [Shot("GET", f"/number/{number}") for number in range(len(answers))]
    recorder = Recorder(Redactor())
    return volley(servers[0].url, shots, system="clinic", actor="suite", recorder=recorder, within=within)


def test_all_are_in_flight_at_the_same_moment(serving: list[Together]) -> None:
    landed = fired(serving, [FINE] * COUNT)
    assert [each.answer.text for each in landed if each.answer] == ["ok"] * COUNT
    assert max(each.sent for each in landed) < min(each.ended for each in landed)


def test_each_answer_belongs_to_its_request(serving: list[Together]) -> None:
    bodies = [f"{number:02d}".encode() for number in range(COUNT)]
    landed = fired(serving, [FINE.replace(b"ok", body) for body in bodies])
    assert [each.answer.body for each in landed if each.answer] == bodies


def test_what_fails_for_one_is_told_of_that_one(serving: list[Together]) -> None:
    refusal = b"HTTP/1.1 503 Busy\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n"
    landed = fired(serving, [FINE, refusal, b"", FINE[:-1], b"nonsense\r\n\r\n", None], within=0.5)
    assert landed[0].answer is not None
    assert landed[1].answer is not None and landed[1].answer.headers["retry-after"] == "2"
    kinds = [type(each.fault) for each in landed[2:]]
    assert kinds == [LineClosed, LineClosed, ContractBroken, DeadlineExceeded]
    assert "no byte of an answer" in str(landed[5].fault)


def test_it_ends_in_time_when_nothing_is_answered(serving: list[Together]) -> None:
    began = time.monotonic()
    landed = fired(serving, [None] * 3, within=0.3)
    assert time.monotonic() - began < 2
    assert all(isinstance(each.fault, DeadlineExceeded) for each in landed)


def test_nobody_there_is_said_at_once() -> None:
    recorder = Recorder(Redactor())
    with pytest.raises(SystemUnreachable, match="nobody answers"):
        volley("http://127.0.0.1:1", [Shot("GET", "/")], system="clinic", actor="suite", recorder=recorder, within=1)


def test_tokens_do_not_reach_the_evidence(serving: list[Together]) -> None:
    serving.append(Together([FINE]))
    redactor = Redactor()
    redactor.register("secret-token-1234", "token")
    recorder = Recorder(redactor)
    shot = Shot(
        "GET", "/number/0 secret-token-1234".replace(" ", "?t="), headers={"Authorization": "secret-token-1234"}
    )
    volley(serving[0].url, [shot], system="clinic", actor="suite", recorder=recorder, within=1)
    assert not any("secret-token" in entry.summary + entry.body for entry in recorder.entries())
