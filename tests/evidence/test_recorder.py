"""What is recorded is redacted, bounded and in order."""

import io
import threading

from countersign.evidence import Entry, Recorder, Redactor, Speech, utc_now


def entry(summary: str, body: str = "", speech: Speech | None = None) -> Entry:
    return Entry(utc_now(), "Ben", "chattrain", "http", "sent", summary, body, 0.5, speech)


def test_every_part_of_an_entry_is_redacted() -> None:
    recorder = Recorder(Redactor())
    speech = Speech("john@test.com", "trainee", "my card is 4111 1111 1111 1111", {"mail": "john@test.com"})
    recorder.note(entry("GET /x?token=abcdef", '{"session_token":"abc"}', speech))
    (kept,) = recorder.entries()
    assert kept.summary == "GET /x?token=[redacted]"
    assert kept.body == '{"session_token":"[redacted]"}'
    assert kept.speech == Speech("[email]", "trainee", "my card is [card]", {"mail": "[email]"})


def test_the_first_and_the_last_entries_are_kept_and_the_gap_is_told() -> None:
    recorder = Recorder(Redactor(), limit=10)
    for number in range(1, 26):
        recorder.note(entry(f"call {number}"))
    summaries = [kept.summary for kept in recorder.entries()]
    assert summaries[:5] == [f"call {number}" for number in range(1, 6)]
    assert summaries[5] == "... 15 more entries were not kept (limit 10) ..."
    assert summaries[6:] == [f"call {number}" for number in range(21, 26)]
    assert recorder.dropped == 15


def test_a_recorder_for_load_keeps_nothing_but_counts() -> None:
    recorder = Recorder(Redactor(), limit=0)
    recorder.note(entry("call"))
    assert not recorder.keeps
    assert recorder.dropped == 1


def test_a_body_is_cut_at_4_kb_and_says_how_long_it_was() -> None:
    recorder = Recorder(Redactor())
    recorder.note(entry("GET /long", "x" * 10_000))
    body = recorder.entries()[0].body
    assert body.startswith("x" * 4096 + "\n")
    assert body.endswith("... cut: 10000 characters in all")


def test_no_part_of_a_secret_is_left_where_a_body_is_cut() -> None:
    redactor = Redactor()
    redactor.register("topsecretvalue" * 10, "key")
    for filling in range(3900, 4700, 7):
        recorder = Recorder(redactor)
        recorder.note(
            entry("GET /long", "john@test.com " * 100 + "x" * (filling - 1400) + "topsecretvalue" * 10 + "y" * 9000)
        )
        assert "topsecret" not in recorder.entries()[0].body


def test_the_verbose_mode_prints_every_entry_as_one_redacted_line() -> None:
    echo = io.StringIO()
    recorder = Recorder(Redactor(), limit=0, echo=echo)
    recorder.note(entry("POST /x", "line one\nBearer abcdefgh12345"))
    printed = echo.getvalue()
    assert printed.count("\n") == 1
    assert "http Ben -> chattrain: POST /x [0.500 s] line one Bearer [redacted]" in printed


def test_entries_from_several_threads_are_all_kept() -> None:
    recorder = Recorder(Redactor(), limit=1000)
    threads = [threading.Thread(target=lambda: [recorder.note(entry("call")) for _ in range(100)]) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(recorder.entries()) == 500
    assert recorder.dropped == 0
