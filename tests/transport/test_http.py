"""HTTP with systems that keep to it and with some that do not: each exchange ends on time, with a useful message."""

# ruff: noqa: SIM117 - the innermost "with" is the sentence that has to fail, kept apart from the stage it fails on

import io
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hostile import (
    Behaviour,
    answering,
    close_at_once,
    closed_port,
    drip_body,
    drip_header,
    drip_nothing_whole,
    dripping,
    endless,
    garbage,
    hostile,
    http,
    not_reading,
    reset_at_once,
    silent,
    web_page,
)

from countersign.errors import (
    ContractBroken,
    CountersignError,
    DeadlineExceeded,
    LineClosed,
    SuiteError,
    SystemUnreachable,
    TargetError,
)
from countersign.evidence import Recorder
from countersign.transport import Deadline, HttpClient

WITHIN = 0.4
AT_MOST = 2.5


def client(url: str, recorder: Recorder, *, within: float = 10, **options: Any) -> HttpClient:
    return HttpClient(url, system="chattrain", actor="Ben", recorder=recorder, within=within, **options)


def hurried(url: str, recorder: Recorder, **options: Any) -> HttpClient:
    return client(url, recorder, within=WITHIN, **options)


@contextmanager
def on_time() -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < AT_MOST


OK_JSON = http("200 OK", b'{"status": "healthy"}', "Content-Type: application/json")


def test_an_answer_comes_whole_and_timed(recorder: Recorder) -> None:
    with hostile(answering(OK_JSON)) as server, client(server.url, recorder) as ben:
        answer = ben.request("GET", "/api/health")
    assert answer.must_be(200).json() == {"status": "healthy"}
    assert answer.headers["CONTENT-TYPE"] == "application/json"
    assert 0 < answer.seconds < 5
    assert answer.sent_at.tzinfo is not None


def test_connections_are_reused(recorder: Recorder) -> None:
    with hostile(answering(OK_JSON, then_close=False)) as server, client(server.url, recorder) as ben:
        for _ in range(5):
            ben.request("GET", "/api/health")
        assert server.connections == 1


def test_a_connection_the_system_closed_meanwhile_is_not_used_again(recorder: Recorder) -> None:
    with hostile(answering(OK_JSON, then_close=True)) as server, client(server.url, recorder) as ben:
        for expected in (1, 2, 3):
            assert ben.request("GET", "/api/health").status == 200
            assert server.connections == expected
            server.wait_served()


@pytest.mark.parametrize(
    ("behaviour", "error", "message"),
    [
        (silent, DeadlineExceeded, "expected within 0.4 s, .*not one byte of an answer"),
        (not_reading, DeadlineExceeded, "not one byte of an answer"),
        (drip_header, DeadlineExceeded, "bytes of an answer that did not end, beginning 'HTTP/1.1 200 OK"),
        (drip_body, DeadlineExceeded, "bytes of an answer that did not end"),
        (drip_nothing_whole, DeadlineExceeded, "bytes of an answer that did not end, beginning 'x"),
        (
            dripping(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
            DeadlineExceeded,
            "did not end",
        ),
        (dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), DeadlineExceeded, "did not end"),
        (close_at_once, LineClosed, "closed before one byte of an answer came"),
        (reset_at_once, LineClosed, "closed before one byte of an answer came"),
        (answering(b"HTTP/1.1 200 OK\r\nContent-Le"), LineClosed, "closed in the middle of an answer"),
        (
            answering(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"),
            LineClosed,
            "closed in the middle of an answer",
        ),
        (garbage, ContractBroken, "expected HTTP at http://127.0.0.1:.*got 'SSH-2.0-OpenSSH"),
        (answering(b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"), ContractBroken, "breaks HTTP"),
        (answering(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000), ContractBroken, "breaks HTTP"),
        (
            answering(http("307 Temporary Redirect", b"", "Location: https://elsewhere/login?token=abcdef")),
            ContractBroken,
            r"a redirect to 'https://elsewhere/login\?token=\[redacted\]'",
        ),
        (answering(http("200 OK", b"no gzip", "Content-Encoding: gzip")), ContractBroken, "cannot be decoded"),
    ],
)
def test_a_system_that_misbehaves_is_named_on_time(
    behaviour: Behaviour, error: type[CountersignError], message: str, recorder: Recorder
) -> None:
    with hostile(behaviour) as server, hurried(server.url, recorder) as ben, on_time():
        with pytest.raises(error, match=message) as raised:
            ben.request("GET", "/api/scenarios")
        assert type(raised.value) is error
        assert str(raised.value).startswith("chattrain: GET /api/scenarios: ")
    assert recorder.entries()[-1].summary.startswith("GET /api/scenarios failed: ")


def test_a_request_nobody_takes_ends_on_time(recorder: Recorder) -> None:
    with hostile(not_reading) as server, hurried(server.url, recorder) as ben, on_time():
        with pytest.raises(DeadlineExceeded, match="POST /api/sessions"):
            ben.request("POST", "/api/sessions", content=b"z" * 30_000_000)


def test_an_endless_answer_is_not_read_to_its_end(recorder: Recorder) -> None:
    with hostile(endless) as server, client(server.url, recorder, body_limit=1_000_000) as ben:
        with pytest.raises(ContractBroken, match="longer than 1000000 bytes"):
            ben.request("GET", "/api/scenarios", within=5)


def test_one_deadline_can_hold_for_several_requests(recorder: Recorder) -> None:
    with hostile(answering(OK_JSON, then_close=False)) as server, client(server.url, recorder) as ben:
        deadline = Deadline(0.1, "chattrain: the start of the training")
        ben.request("GET", "/api/health", within=deadline)
        time.sleep(0.11)
        with pytest.raises(DeadlineExceeded, match=r"the start of the training: expected within 0.1 s"):
            ben.request("GET", "/api/health", within=deadline)


def test_nobody_there_is_said_with_the_address(recorder: Recorder) -> None:
    port = closed_port()
    with hurried(f"http://127.0.0.1:{port}", recorder) as ben, on_time():
        with pytest.raises(SystemUnreachable, match=f"nobody answers at http://127.0.0.1:{port} .*refused.*target"):
            ben.request("GET", "/api/health")


def test_a_password_in_the_address_is_never_shown(recorder: Recorder, echo: io.StringIO) -> None:
    with client(f"http://ben:open-sesame@127.0.0.1:{closed_port()}", recorder) as ben:
        with pytest.raises(SystemUnreachable) as raised:
            ben.request("GET", "/api/health")
    assert "sesame" not in str(raised.value) + echo.getvalue()


def test_a_full_backlog_ends_on_time(recorder: Recorder) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        port = listener.getsockname()[1]
        waiting = [socket.socket() for _ in range(4)]
        for line in waiting:
            line.setblocking(False)
            line.connect_ex(("127.0.0.1", port))
        with hurried(f"http://127.0.0.1:{port}", recorder) as ben, on_time():
            with pytest.raises(DeadlineExceeded, match=r"no connection yet|not one byte"):
                ben.request("GET", "/api/health")
        for line in waiting:
            line.close()


@pytest.mark.parametrize("address", ["127.0.0.1:8000", "ftp://host", "", "http://"])
def test_an_address_that_is_none_is_refused(address: str, recorder: Recorder) -> None:
    with pytest.raises(TargetError, match="is no address; write it like http"):
        client(address, recorder)


def test_a_web_page_instead_of_json_is_shown_redacted(recorder: Recorder) -> None:
    with hostile(web_page) as server, client(server.url, recorder) as ben:
        answer = ben.request("GET", "/api/scenarios")
    with pytest.raises(ContractBroken, match=r"answered 200, expected JSON, got a web page: '<!doctype.*\[redacted\]"):
        answer.json()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "expected JSON, got nothing"),
        (b"{'id': 1}", "expected JSON, got \"{'id': 1}\""),
        (b'{"score": NaN}', "NaN is no JSON"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b"mail john@test.com " * 100, r"got 'mail \[email\] "),
    ],
)
def test_a_body_that_is_no_json_breaks_the_contract(body: bytes, message: str, recorder: Recorder) -> None:
    with hostile(answering(http("200 OK", body))) as server, client(server.url, recorder) as ben:
        answer = ben.request("GET", "/api/scenarios")
    with pytest.raises(ContractBroken) as raised:
        answer.json()
    assert re.search(message, str(raised.value))
    assert len(str(raised.value)) < 400


def test_another_status_than_expected_shows_what_was_said(recorder: Recorder) -> None:
    with (
        hostile(answering(http("503 Busy", b'{"detail": "try later"}'))) as server,
        client(server.url, recorder) as ben,
    ):
        with pytest.raises(ContractBroken, match=r"expected 200 or 201, was answered 503: .*try later"):
            ben.request("POST", "/api/sessions", json={}).must_be(200, 201)


def test_a_redirect_can_be_looked_at(recorder: Recorder) -> None:
    with hostile(answering(http("302 Found", b"", "Location: /x"))) as server, client(server.url, recorder) as ben:
        assert ben.request("GET", "/", keep_redirect=True).headers["location"] == "/x"


def raw_request(
    recorder: Recorder, *request: object, headers: dict[str, str] | None = None, **options: object
) -> bytes:
    """What really goes over the wire."""
    seen = bytearray()

    def behave(line: socket.socket, stop: threading.Event) -> None:
        line.settimeout(0.15)
        try:
            while data := line.recv(65536):
                seen.extend(data)
        except TimeoutError:
            line.sendall(OK_JSON)

    with hostile(behave) as server, client(server.url + "/base", recorder, headers=headers) as ben:
        ben.request(*request, **options)  # type: ignore[arg-type]
    return bytes(seen)


def test_a_path_goes_out_exactly_as_it_is_written(recorder: Recorder) -> None:
    sent = raw_request(recorder, "GET", "/documents/../..%2f\\etc/passwd%00?a=1", params={"b": "x y", "c": [1, 2]})
    assert sent.startswith(b"GET /base/documents/../..%2f\\etc/passwd%00?a=1&b=x+y&c=1&c=2 HTTP/1.1\r\n")


def test_what_cannot_stand_in_a_request_line_is_encoded(recorder: Recorder) -> None:
    assert raw_request(recorder, "GET", "/a b/ü\n").startswith(b"GET /base/a%20b/%C3%BC%0A HTTP/1.1\r\n")


def test_json_can_carry_half_a_surrogate_pair(recorder: Recorder) -> None:
    sent = raw_request(recorder, "POST", "/sessions", json={"user_id": "\ud800"})
    assert sent.endswith(b'{"user_id": "\\ud800"}')
    assert b"application/json" in sent


def test_headers_of_the_client_and_of_the_request_are_sent_and_not_shown(recorder: Recorder, echo: io.StringIO) -> None:
    recorder.redactor.register("very-secret-key", "operator key")
    sent = raw_request(
        recorder,
        "GET",
        "/x?key=very-secret-key",
        headers={"X-Operator-Key": "very-secret-key"},
        content="very-secret-key",
    )
    assert b"X-Operator-Key: very-secret-key" in sent
    assert "very-secret" not in echo.getvalue()
    assert "very-secret" not in repr(recorder.entries())


def test_a_request_that_is_no_http_is_the_suites_fault(recorder: Recorder) -> None:
    with hostile(silent) as server, client(server.url, recorder) as ben:
        with pytest.raises(SuiteError, match="cannot be sent as HTTP"):
            ben.request("GET", "/x", headers={"X-Bad": "a\r\nb: c"})


def test_request_and_answer_are_recorded(recorder: Recorder) -> None:
    with hostile(answering(OK_JSON)) as server, client(server.url, recorder) as ben:
        ben.request("POST", "/api/sessions", json={"scenario_id": 1})
    sent, received = recorder.entries()
    assert (sent.direction, sent.actor, sent.summary, sent.body) == (
        "sent",
        "Ben",
        "POST /api/sessions",
        '{"scenario_id": 1}',
    )
    assert (received.direction, received.summary) == ("received", "200 to POST /api/sessions")
    assert received.body == '{"status": "healthy"}'
    assert received.seconds is not None


def test_a_binary_body_is_recorded_by_its_size(recorder: Recorder) -> None:
    pdf = http("200 OK", b"%PDF-1.4 \x00\x01", "Content-Type: application/pdf")
    with hostile(answering(pdf)) as server, client(server.url, recorder) as ben:
        assert ben.request("GET", "/x.pdf").body.startswith(b"%PDF-")
    assert recorder.entries()[-1].body == "<11 bytes application/pdf>"


def test_proxies_of_the_environment_are_not_used_for_loopback(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    with hostile(answering(OK_JSON)) as server, client(server.url, recorder) as ben:
        assert ben.request("GET", "/").status == 200


# ---------------------------------------------------------------- TLS


def test_tls_towards_a_system_without_tls_is_explained(recorder: Recorder) -> None:
    with hostile(garbage) as server, hurried(server.url.replace("http", "https"), recorder) as ben, on_time():
        with pytest.raises(SystemUnreachable, match="does not speak TLS as expected"):
            ben.request("GET", "/")


@pytest.mark.parametrize("behaviour", [silent, dripping(b"\x16\x03\x03\x40\x00", b"\x02")])
def test_a_tls_opening_that_does_not_end_is_ended(behaviour: Behaviour, recorder: Recorder) -> None:
    with hostile(behaviour) as server, hurried(server.url.replace("http", "https"), recorder) as ben, on_time():
        with pytest.raises((DeadlineExceeded, SystemUnreachable)):
            ben.request("GET", "/")


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[ssl.SSLContext, Path]:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl on this machine to make a certificate with")
    pair, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    wanted = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2", "-nodes"]
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-keyout", str(key), "-out", str(pair), *wanted],
        check=True,
        capture_output=True,
        timeout=30,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair, key)
    return context, pair


def test_an_untrusted_certificate_is_refused_and_a_named_authority_accepted(
    certificate: tuple[ssl.SSLContext, Path], recorder: Recorder
) -> None:
    tls, authority = certificate
    with hostile(answering(OK_JSON, then_close=False), tls) as server:
        address = server.url.replace("http", "https")
        with (
            client(address, recorder) as ben,
            pytest.raises(SystemUnreachable, match=r"certificate of .* is not trusted"),
        ):
            ben.request("GET", "/")
        with client(address, recorder, ca=str(authority)) as ben:
            assert ben.request("GET", "/").json() == {"status": "healthy"}


@pytest.mark.parametrize("behaviour", [silent, drip_body])
def test_the_deadline_holds_inside_tls(
    behaviour: Behaviour, certificate: tuple[ssl.SSLContext, Path], recorder: Recorder
) -> None:
    tls, authority = certificate
    with hostile(behaviour, tls) as server, on_time():
        with hurried(server.url.replace("http", "https"), recorder, ca=str(authority)) as ben:
            with pytest.raises(DeadlineExceeded):
                ben.request("GET", "/")
