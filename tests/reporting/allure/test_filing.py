"""Which result is which, where it is filed, and what is attached to it."""

import json
from pathlib import Path

from reporting.allure.project import Project, labels

FACTS = """
    bridge.facts_of = lambda scenario: ScenarioFacts(
        outcome="passed", system="chattrain", epic="ChatTrain", story="Replies",
        criteria=[("CT-CHAT-03", "Every message earns a reply.", MUST), ("CT-CHAT-04", "In order.", False)],
        key="features/one.feature:77",
    )
"""
ONE = """
    @chattrain
    Feature: Talking
      Who wants it.
      @CT-CHAT-03
      Scenario: Alone
        Free words.
        Given it holds
    """


def test_a_result_is_filed_by_what_the_suite_knows(project: Project) -> None:
    project.environment(FACTS.replace("MUST", "True"))
    project.feature(ONE)
    result = project.behave().one("Alone")
    shown = {name: labels(result, name) for name in ("epic", "feature", "story", "severity", "suite", "tag")}
    assert shown == {
        "epic": ["ChatTrain"],
        "feature": ["Talking"],
        "story": ["Replies"],
        "severity": ["critical"],
        "suite": ["Talking"],
        "tag": ["chattrain", "CT-CHAT-03"],
    }
    assert labels(result, "scenario") == ["features/one.feature:77"]
    assert labels(result, "criterion") == ["CT-CHAT-03", "CT-CHAT-04"]
    assert len(labels(result, "host")) == len(labels(result, "thread")) == 1
    assert result["links"][0]["name"] == "CT-CHAT-03: Every message earns a reply."
    assert result["links"][0]["url"] == "../signoff.html#CT-CHAT-03"
    assert result["description"].startswith("Free words.")
    assert "- **CT-CHAT-03** (must): Every message earns a reply." in result["description"]


def test_targets_are_normal_and_a_tag_says_otherwise(project: Project) -> None:
    project.environment(FACTS.replace("MUST", "False"))
    project.feature(ONE + "  @blocker\n      Scenario: Tagged\n        Given it holds\n")
    run = project.behave()
    assert labels(run.one("Alone"), "severity") == ["normal"]
    assert labels(run.one("Tagged"), "severity") == ["blocker"]


def test_allure_tags_work(project: Project) -> None:
    project.feature(ONE.replace("@CT-CHAT-03", "@allure.label.epic:Mine @allure.link.spec:https://spec.example/1"))
    result = project.behave().one("Alone")
    assert labels(result, "epic") == ["Mine"]
    assert result["links"] == [{"type": "link", "url": "https://spec.example/1", "name": "spec"}]


def test_a_step_may_name_and_file_its_scenario(project: Project) -> None:
    project.steps("""
        @given("a step that knows more")
        def knows(context):
            allure.dynamic.title("A better name")
            allure.dynamic.epic("E")
            allure.dynamic.feature("F")
            allure.dynamic.story("S")
            allure.dynamic.severity(allure.severity_level.MINOR)
            allure.dynamic.label("owner", "Ann")
            allure.dynamic.tag("t1", "t2")
            allure.dynamic.parameter("model", "small")
            allure.dynamic.description("Said by the step")
            allure.dynamic.link("https://spec.example/2", name="spec")
    """)
    project.environment(FACTS.replace("MUST", "True"))
    project.feature(ONE.replace("it holds", "a step that knows more"))
    result = project.behave().one("A better name")
    names = ("epic", "feature", "story", "severity", "owner")
    assert [labels(result, name) for name in names] == [["E"], ["F"], ["S"], ["minor"], ["Ann"]]
    assert labels(result, "tag")[:2] == ["t1", "t2"]
    assert {"name": "model", "value": "small", "excluded": True} in result["parameters"]
    assert result["description"] == "Said by the step"
    assert "https://spec.example/2" in [link["url"] for link in result["links"]]


def test_equal_names_stay_different_results(project: Project) -> None:
    twice = ONE + "  Scenario: Alone\n        Given it holds\n"
    project.feature(twice)
    project.feature(twice, "two.feature")
    results = project.behave().results
    assert len(results) == 4
    for name in ("fullName", "testCaseId", "historyId"):
        assert len({result[name] for result in results}) == 4, name


def test_rows_are_one_test_case_with_a_history_each(project: Project) -> None:
    outline = "Feature: F\n  Scenario Outline: Row\n    Given it holds for <n> users\n    Examples:\n      | n |\n"
    project.feature(outline + "      | 1 |\n      | 2 |\n")
    results = project.behave().results
    assert len({result["historyId"] for result in results}) == 2
    assert len({result["testCaseId"] for result in results}) == 1
    assert sorted(result["parameters"][0]["value"] for result in results) == ["1", "2"]


def test_history_survives_lines_and_rows_that_are_added(project: Project) -> None:
    outline = "Feature: F\n  Scenario Outline: Row\n    Given it holds for <n> users\n    Examples:\n      | n |\n"
    project.feature(outline + "      | 2 |\n")
    (before,) = project.behave().results
    project.feature("# a comment\n\n" + outline + "      | 1 |\n      | 2 |\n")
    after = [result["historyId"] for result in project.behave().results if result["uuid"] != before["uuid"]]
    assert len(after) == 2
    assert before["historyId"] in after


def test_output_and_log_are_attached(project: Project) -> None:
    project.steps("""
        import logging
        @given("something is said")
        def said(context):
            print("out loud")
            print("aside", file=sys.stderr)
            logging.getLogger("x").warning("written down")
    """)
    project.feature(ONE.replace("it holds", "something is said"))
    run = project.behave()
    attached = {a["name"]: (run.folder / a["source"]).read_text() for a in run.one("Alone")["attachments"]}
    assert "out loud" in attached["captured output"]
    assert "aside" in attached["captured error output"]
    assert "written down" in attached["captured log"]


def test_the_evidence_of_the_suite_is_attached_untouched_if_it_is_no_text(project: Project) -> None:
    picture = bytes(range(256))
    project.environment(f"""
        bridge.attachments_of = lambda scenario: [
            ("conversation", b"<p>hello</p>", "text/html"), ("screen", {picture!r}, "image/png")]
    """)
    project.feature(ONE)
    run = project.behave()
    first, second = run.one("Alone")["attachments"]
    assert (first["name"], first["type"], Path(first["source"]).suffix) == ("conversation", "text/html", ".html")
    assert (run.folder / second["source"]).read_bytes() == picture
    assert Path(second["source"]).suffix == ".png"


def test_what_is_attached_outside_a_scenario_belongs_to_the_run(project: Project) -> None:
    project.environment("""
        import allure
        def before_all(context): allure.attach("the target", name="target", attachment_type=allure.attachment_type.TEXT)
    """)
    project.feature(ONE)
    run = project.behave()
    assert run.code == 0, run.printed
    (path,) = run.folder.glob("*-globals.json")
    (attachment,) = json.loads(path.read_text())["attachments"]
    assert (run.folder / attachment["source"]).read_text() == "the target"
