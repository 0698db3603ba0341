"""What is found on any page: contrast, places, names, the order of the focus, what is announced, a focus at rest."""

from collections.abc import Iterator

import pytest

from countersign.errors import ContractBroken
from countersign.evidence import Recorder, Redactor
from countersign.systems.pages import looks
from countersign.systems.pages.listening import heard, listens
from countersign.systems.pages.naming import labels
from countersign.systems.pages.resting import rested, rests
from countersign.transport.browser import Browser, Window, find_browser

NOWHERE = "http://127.0.0.1:1"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    choice = find_browser()
    if choice is None:
        pytest.skip("no browser here; `python -m countersign.suite.browser_setup` brings one")
    with Browser(choice) as started:
        yield started


@pytest.fixture
def window(browser: Browser) -> Iterator[Window]:
    with browser.window(
        NOWHERE, system="example", actor="Ben", recorder=Recorder(Redactor()), within=5, size=(600, 400)
    ) as opened:
        yield opened


def test_contrast_is_that_of_the_colours_in_force(window: Window) -> None:
    window.page.set_content("""<body style='background:#fff; color:#000'><p>black</p><p style='color:#777'>grey</p>
        <div style='background:#000'><p style='color:#fff; opacity:.5'>half</p></div><p style='opacity:0'>gone</p>
        <p style='position:absolute;width:1px;height:1px;overflow:hidden'>only heard</p><input value=typed>""")

    found = {each.text: round(each.contrast, 2) for each in looks.texts(window)}

    assert found == {"black": 21.0, "grey": 4.48, "half": 5.28, "typed": 21.0}


def test_wishes_are_put_in_force_and_taken_back(window: Window) -> None:
    window.page.set_content(
        "<body style='color:#ddd'><p style='font-size:1rem'>grows</p><p style='font-size:16px'>stays"
    )
    for wish in ({"forced_colors": True}, {"less_motion": True}, {"text_times": 2.0}):
        window.wish(**wish)  # type: ignore[arg-type]
        assert looks.is_as_wished(window, **wish)

    assert {each.text: each.pixels for each in looks.texts(window)} == {"grows": 32, "stays": 16}
    window.wish()
    assert looks.settings(window) == {"forced_colors": False, "less_motion": False, "text_times": 1}
    assert {each.text: each.pixels for each in looks.texts(window)} == {"grows": 16, "stays": 16}


def test_controls_that_cannot_be_used_are_told_with_the_reason(window: Window) -> None:
    window.page.set_content("""<button>good</button><a href=# style='position:absolute; left:-999px'>skip</a>
        <button style='position:absolute; left:900px'>far</button><button style='display:none'>hidden</button>
        <button style='position:absolute; top:200px; left:0'>under</button>
        <div style='position:absolute; top:190px; left:0; width:200px; height:60px; background:#eee'></div>
        <button style='width:20px; overflow:hidden; white-space:nowrap'>cut short</button>""")

    found = {each.name: each.trouble for each in looks.places(window)}

    assert found == {"good": "", "far": "reaches out of the window", "under": "is covered", "cut short": "is cut off"}


def test_names_are_compared_with_what_is_seen(window: Window) -> None:
    window.page.set_content("""<button>Pause<span style='position:absolute;width:1px;height:1px;overflow:hidden'> one
        </span></button><button aria-label='Item one'>Stop</button><button aria-label=Close></button>
        <label>Speed <input type=number></label>""")

    found = labels(window, window.page.locator("body"))

    assert [(each.role, each.seen, each.name, each.callable) for each in found] == [
        ("button", "Pause", "Pause one", True),
        ("button", "Stop", "Item one", False),
        ("button", "", "Close", True),
        ("spinbutton", "Speed", "Speed", True),
    ]


def test_a_tour_comes_to_everything_in_order_and_back(window: Window) -> None:
    window.page.set_content("""<a href=#>one</a><button>two</button><div data-testid=action-x>box</div>
        <br><button tabindex=2 style='outline:none'>first</button>""")

    there, back = window.tour(), window.tour(backwards=True)

    assert [stop.name for stop in there.stops] == ['a "one"', 'button "two"', 'button "first"']
    assert sorted(stop.name for stop in back.stops) == sorted(stop.name for stop in there.stops)
    assert [stop.visible for stop in there.stops] == [True, True, False]
    assert there.missed == back.missed == ("action-x",)


def test_a_focus_that_is_held_is_a_trap(window: Window) -> None:
    window.page.set_content("""<a href=#>one</a><button id=a>two</button><button id=b>three</button><script>
        b.addEventListener("focusout", () => setTimeout(() => a.focus()))</script>""")

    with pytest.raises(ContractBroken, match="trapped"):
        window.tour()


def test_what_is_announced_is_heard_as_it_is_read_out(window: Window) -> None:
    window.page.set_content("""<div id=s role=status><p>old</p></div><div id=l role=log><p>old</p></div>
        <div id=a role=alert></div><div id=q>quiet</div><div id=h role=status hidden></div>""")
    listens(window)

    for part in "slaqh":
        window.page.evaluate(
            f"() => {{ {part}.append(Object.assign(document.createElement('p'), {{innerText: 'new'}})) }}"
        )

    assert [(each.role, each.manner, each.text) for each in heard(window)] == [
        ("status", "polite", "old new"),
        ("log", "polite", "new"),
        ("alert", "assertive", "new"),
    ]


def test_a_focus_at_rest_tells_where_it_went(window: Window) -> None:
    window.page.set_content("<ul><li>1<li>2</ul><button id=a>stay</button><button id=b>other</button>")
    window.page.evaluate("() => a.focus()")
    rests(window, "li")
    window.page.evaluate("() => { a.dataset.x = 1; }")
    assert rested(window).moves == ()
    assert rested(window).updates == 1

    window.page.evaluate(
        "() => { a.hidden = true; const list = document.querySelector('ul'); list.append(list.firstChild); }"
    )

    after = window.eventually(lambda: _moved(window), 2)
    assert (after.on, after.moves, after.shuffles) == ("stay", ("nothing",), 1)


def _moved(window: Window):  # type: ignore[no-untyped-def]
    seen = rested(window)
    assert seen.moves
    return seen


def test_what_moves_by_itself_is_named(window: Window) -> None:
    window.page.set_content("""<style>@keyframes turn { to { rotate: 1turn } }
        .wheel { animation: turn 1s infinite } @media (prefers-reduced-motion: reduce) { .calm { animation: none } }
        </style><p class='wheel'>a</p><p class='wheel calm'>b</p>""")
    window.wish(less_motion=True)

    assert looks.moving(window, 0.2) == ("turn of wheel",)
