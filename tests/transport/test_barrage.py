"""Clients who ask without a pause: over one connection as long as it lasts, a new one otherwise, and never for ever."""

import itertools
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from countersign.errors import ContractBroken, DeadlineExceeded, LineClosed, SystemUnreachable
from countersign.evidence import Recorder, Redactor
from countersign.transport.barrage import barrage
from countersign.transport.flight import Landed, Shot
from countersign.transport.http import BODY_LIMIT

FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
LAST = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"


class Answering:
    """A server that gives the same bytes to every request and counts its connections; None is silence."""

    def __init__(self, answer: bytes | None) -> None:
        self._answer = answer
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.connections = 0
        threading.Thread(target=self._accepts, daemon=True).start()

    def _accepts(self) -> None:
        try:
            while True:
                line, _ = self._listening.accept()
                self.connections += 1
                threading.Thread(target=self._serves, args=(line,), daemon=True).start()
        except OSError:
            return  # it was closed

    def _serves(self, line: socket.socket) -> None:
        with line:
            while line.recv(65536):
                if self._answer is not None:
                    line.sendall(self._answer)
                if self._answer is not FINE and self._answer is not None:
                    return

    def close(self) -> None:
        self._listening.close()


@pytest.fixture
def serving() -> Iterator[Callable[[bytes | None], Answering]]:
    servers: list[Answering] = []

    def serve(answer: bytes | None) -> Answering:
        servers.append(Answering(answer))
        return servers[-1]

    yield serve
    for server in servers:
        server.close()


def fired(url: str, clients: int, within: float = 2.0) -> list[tuple[Shot, Landed]]:
    numbers = itertools.count()

    def shot() -> Shot:
        return Shot("GET", f"/{next(numbers)}", connection="keep-alive")

    recorder = Recorder(Redactor())
    return barrage(
        url,
        [shot] * clients,
        lambda shot, landed: (shot, landed),
        system="chattrain",
        actor="clients",
        recorder=recorder,
        seconds=0.3,
        within=within,
    )


def test_every_client_asks_again_and_again_over_one_connection(serving: Callable[[bytes | None], Answering]) -> None:
    server = serving(FINE)
    results = fired(server.url, 3)
    assert len(results) > 30
    assert all(landed.answer is not None and landed.answer.text == "ok" for _, landed in results)
    assert len({shot.path for shot, _ in results}) == len(results)
    assert server.connections == 3


def test_a_closed_connection_is_followed_by_a_new_one(serving: Callable[[bytes | None], Answering]) -> None:
    server = serving(LAST)
    results = fired(server.url, 2)
    assert len(results) > 4
    assert all(landed.answer is not None for _, landed in results)
    assert server.connections == len(results)


def test_half_an_answer_is_a_fault_of_that_request(serving: Callable[[bytes | None], Answering]) -> None:
    results = fired(serving(FINE[:-1]).url, 2)
    assert results
    assert all(isinstance(landed.fault, LineClosed) for _, landed in results)


def test_an_answer_without_an_end_is_a_fault_of_that_request(
    serving: Callable[[bytes | None], Answering],
) -> None:
    flood = b"HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n" + bytes(BODY_LIMIT)
    landed = [each for _, each in fired(serving(flood).url, 2, within=30.0)]
    assert landed
    assert all(isinstance(each.fault, ContractBroken) and "is longer than" in str(each.fault) for each in landed)


def test_silence_is_late_and_ends_the_clients(serving: Callable[[bytes | None], Answering]) -> None:
    results = fired(serving(None).url, 2, within=0.4)
    assert [type(landed.fault) for _, landed in results] == [DeadlineExceeded] * 2


def test_clients_who_have_nothing_more_to_ask_end_it(serving: Callable[[bytes | None], Answering]) -> None:
    server = serving(FINE)
    shots = iter([Shot("GET", f"/{number}", connection="keep-alive") for number in range(5)])
    details = {"system": "chattrain", "actor": "clients", "recorder": Recorder(Redactor())}
    paths = barrage(
        server.url,
        [lambda: next(shots, None)] * 7,
        lambda shot, landed: shot.path if landed.answer else "",
        **details,
        seconds=60.0,
        within=2.0,
    )
    assert sorted(paths) == ["/0", "/1", "/2", "/3", "/4"]
    assert server.connections == 5


def test_nobody_there_is_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(SystemUnreachable):
        fired(f"http://127.0.0.1:{port}", 2)
