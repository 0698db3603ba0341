"""The bad network: what each kind of trouble looks like to a client, and that nothing is left of it."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest
from hostile import HostileServer, closed_port, hostile

from countersign.errors import SuiteError, SystemUnreachable
from countersign.evidence import Recorder, Redactor
from countersign.faults import Proxy
from countersign.transport import HttpClient


def echo(line: socket.socket, stop: threading.Event) -> None:
    while data := line.recv(65536):
        line.sendall(data)


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with hostile(echo) as running:
        yield running


@pytest.fixture
def network(server: HostileServer) -> Iterator[Proxy]:
    with Proxy("127.0.0.1", server.port) as proxy:
        yield proxy


@contextlib.contextmanager
def client(network: Proxy) -> Iterator[socket.socket]:
    with socket.create_connection((network.host, network.port), timeout=3) as line:
        yield line


def round_trip(line: socket.socket, data: bytes = b"hello") -> float:
    """Seconds until all of it has come back."""
    began = time.monotonic()
    line.sendall(data)
    back = b""
    while len(back) < len(data):
        piece = line.recv(1 << 20)
        assert piece, "the connection ended early"
        back += piece
    assert back == data
    return time.monotonic() - began


def test_a_good_network_passes_everything_on_unchanged(network: Proxy) -> None:
    data = bytes(range(256)) * 4000
    with client(network) as line:
        threading.Thread(target=line.sendall, args=(data,)).start()
        back = b""
        while len(back) < len(data):
            back += line.recv(1 << 20)
        assert back == data
        assert network.connections == 1
        assert network.carried == (len(data), len(data))


def test_latency_is_added_per_direction_and_taken_away_again(network: Proxy) -> None:
    with client(network) as line:
        network.slow(latency=0.2, direction="down")
        assert 0.2 <= round_trip(line) < 1.5
        network.slow(latency=0.2)
        assert 0.4 <= round_trip(line) < 1.5
        network.mend()
        assert round_trip(line) < 0.2


def test_latency_delays_but_does_not_limit_the_rate(network: Proxy) -> None:
    network.slow(latency=0.2, direction="up")
    with client(network) as line:
        began = time.monotonic()
        for _ in range(20):
            line.sendall(b"x" * 100)
        back = 0
        while back < 2000:
            back += len(line.recv(4096))
        assert 0.2 <= time.monotonic() - began < 1.5


def test_jitter_keeps_the_order(network: Proxy) -> None:
    network.slow(latency=0.02, jitter=0.02)
    sent = b"".join(b"%04d" % number for number in range(100))
    with client(network) as line:
        for start in range(0, len(sent), 4):
            line.sendall(sent[start : start + 4])
        back = b""
        while len(back) < len(sent):
            back += line.recv(4096)
    assert back == sent


def test_the_rate_is_limited(network: Proxy) -> None:
    network.slow(rate=100_000, direction="up")
    with client(network) as line:
        assert 0.4 <= round_trip(line, b"x" * 50_000) < 3.0


def test_messages_can_come_in_slices(network: Proxy) -> None:
    network.slow(slices=3, direction="down")
    message = b"hello, world " * 20
    with client(network) as line:
        line.sendall(message)
        pieces: list[bytes] = []
        while sum(map(len, pieces)) < len(message):
            pieces.append(line.recv(1000))
    assert b"".join(pieces) == message
    assert len(pieces) > 5


def test_a_black_hole_holds_everything_until_it_is_mended(network: Proxy) -> None:
    with client(network) as line:
        round_trip(line)
        network.blackhole()
        line.settimeout(0.3)
        line.sendall(b"anybody there?")
        with pytest.raises(TimeoutError):
            line.recv(100)
        network.mend()
        line.settimeout(3)
        assert line.recv(100) == b"anybody there?"


def test_one_direction_alone_can_be_a_black_hole(network: Proxy) -> None:
    with client(network) as line:
        network.blackhole("down")
        line.settimeout(0.2)
        line.sendall(b"hello")
        with pytest.raises(TimeoutError):
            line.recv(100)
        assert network.carried == (5, 0)


def test_a_black_hole_takes_only_a_bounded_amount(network: Proxy) -> None:
    network.blackhole("up")
    with client(network) as line:
        line.settimeout(0.5)
        with pytest.raises(TimeoutError):
            line.sendall(b"x" * 60_000_000)


def test_refused_connections_are_refused_and_open_ones_stay(network: Proxy) -> None:
    with client(network) as line:
        round_trip(line)
        network.refuse()
        with pytest.raises(ConnectionRefusedError), client(network):
            pass
        assert round_trip(line) < 1
        network.mend()
        with client(network) as other:
            round_trip(other)


def test_connections_can_be_broken_and_ended(network: Proxy) -> None:
    with client(network) as line:
        round_trip(line)
        network.reset()
        assert network.connections == 0
        with pytest.raises(ConnectionResetError):
            line.recv(10)
    with client(network) as line:
        round_trip(line)
        network.finish()
        assert line.recv(10) == b""


def test_the_end_of_either_side_reaches_the_other(network: Proxy, server: HostileServer) -> None:
    with client(network) as line:
        line.sendall(b"last words")
        line.shutdown(socket.SHUT_WR)
        received = b""
        while piece := line.recv(100):
            received += piece
    assert received == b"last words"
    server.wait_served()


def test_a_system_that_is_not_there_looks_gone(recorder: Recorder) -> None:
    with Proxy("127.0.0.1", closed_port()) as network, client(network) as line, pytest.raises(ConnectionResetError):
        line.recv(10)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder(Redactor())


def test_the_transport_names_a_network_that_refuses(network: Proxy, recorder: Recorder) -> None:
    network.refuse()
    with (
        HttpClient(
            network.url("http://system.test:80/base"), system="chattrain", actor="Ben", recorder=recorder, within=1
        ) as ben,
        pytest.raises(SystemUnreachable, match=f"http://127.0.0.1:{network.port}/base .*refused"),
    ):
        ben.request("GET", "/x")


def test_what_was_done_to_the_network_is_in_the_evidence(server: HostileServer, recorder: Recorder) -> None:
    with Proxy.before(server.url, recorder=recorder, system="chattrain") as network:
        network.slow(latency=2, rate=1000, direction="down")
        network.blackhole()
        network.mend()
    assert [entry.summary for entry in recorder.entries()] == [
        "the network to chattrain: slow (2 s latency, 1000 bytes/s), from the system",
        "the network to chattrain: holding everything back, both ways",
        "the network to chattrain: good again, both ways",
    ]
    assert {entry.channel for entry in recorder.entries()} == {"fault"}


def test_nothing_is_left_of_a_closed_network(server: HostileServer) -> None:
    threads = threading.active_count()
    with Proxy("127.0.0.1", server.port) as network, client(network) as line:
        round_trip(line)
        network.slow(latency=60)
        line.sendall(b"never to arrive")
        network.close()
        with pytest.raises(ConnectionResetError):
            line.recv(100)
    server.wait_served()
    assert threading.active_count() <= threads + 1
    with pytest.raises(ConnectionRefusedError), client(network):
        pass
    network.close()
    network.mend()
    with pytest.raises(SuiteError, match="is closed already"):
        network.reset()


def test_an_address_without_a_host_is_refused() -> None:
    with pytest.raises(SuiteError, match="names no host and port"):
        Proxy.before("chattrain")


def test_an_idle_network_costs_next_to_nothing(network: Proxy) -> None:
    with client(network) as line:
        round_trip(line)
        began = time.process_time()
        assert not threading.Event().wait(0.5)
        assert time.process_time() - began < 0.05


def test_a_receiver_that_stops_reading_holds_its_sender_up() -> None:
    """A blackhole takes what is sent, this does not: the sender is left with it."""
    stuck, sent = threading.Event(), 0

    def flood(line: socket.socket, stop: threading.Event) -> None:
        nonlocal sent
        line.settimeout(1.0)
        line.recv(1)
        try:
            while sent < 16 << 20:
                sent += line.send(b"x" * 65536)
        except TimeoutError:
            stuck.set()
        while sent < 16 << 20 and not stop.is_set():
            with contextlib.suppress(TimeoutError):
                sent += line.send(b"x" * 65536)

    with hostile(flood) as server, Proxy("127.0.0.1", server.port) as network, client(network) as line:
        network.stop_reading("down")
        line.sendall(b"!")
        assert stuck.wait(10), "everything was taken"
        network.mend()
        got = 0
        while got < 16 << 20:
            piece = line.recv(1 << 20)
            assert piece, "the connection ended early"
            got += len(piece)
