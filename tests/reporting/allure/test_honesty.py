"""Every way in which allure-behave alone shows something better than it was, run for real."""

import subprocess

import pytest

from reporting.allure.project import Project, labels, message

ONE = """
    Feature: One
      Scenario: Alone
        Given it holds
    """
TWO = ONE + "  Scenario: Second\n        Given it holds\n"


def test_a_passing_scenario_is_passed_and_the_run_exits_0(project: Project) -> None:
    project.feature(ONE)
    run = project.behave()
    assert (run.statuses(), run.code) == ({"Alone": "passed"}, 0), run.printed


def test_no_formatter_has_to_be_named_and_a_named_one_gets_the_same_results(project: Project) -> None:
    project.environment("def after_scenario(context, scenario): raise ValueError('bad hook')\n")
    project.feature(ONE)
    run = project.behave("-f", "plain", "-f", "allure_behave.formatter:AllureFormatter", "-o", "/dev/stdout", "-o", "x")
    named = project.collect(run.code, "", "x")
    assert run.statuses() == named.statuses() == {"Alone": "broken"}


@pytest.mark.parametrize("hook", ["before_scenario", "after_scenario", "before_tag", "after_tag"])
def test_a_failing_hook_of_a_scenario_is_broken_with_its_words(project: Project, hook: str) -> None:
    project.environment(f"def {hook}(context, it): raise ValueError('the stage fell down')\n")
    project.feature(ONE.replace("Scenario", "@a\n      Scenario"))
    run = project.behave()
    assert run.code != 0
    assert run.statuses() == {"Alone": "broken"}
    assert "the stage fell down" in message(run.one("Alone"))


def test_a_failing_step_hook_is_broken(project: Project) -> None:
    project.environment("def before_step(context, step): raise ValueError('the step hook fell down')\n")
    project.feature(ONE)
    run = project.behave()
    result = run.one("Alone")
    assert (run.code != 0, result["status"]) == (True, "broken")
    assert "the step hook fell down" in message(result)
    assert result["steps"][0]["status"] == "broken"


def test_a_failing_clean_up_is_broken_with_its_words(project: Project) -> None:
    project.environment("""
        def left_over(): raise OSError("the queue is still full")
        def before_scenario(context, scenario): context.add_cleanup(left_over)
    """)
    project.feature(ONE)
    run = project.behave()
    assert run.code != 0
    assert run.statuses() == {"Alone": "broken"}
    assert "the queue is still full" in message(run.one("Alone"))


def test_a_failing_clean_up_outweighs_a_journal_that_says_passed_and_a_verdict_that_accepts(project: Project) -> None:
    project.environment("""
        bridge.facts_of = lambda scenario: ScenarioFacts(outcome="passed")
        bridge.verdict = True
        def left_over(): raise OSError("the queue is still full")
        def before_scenario(context, scenario): context.add_cleanup(left_over)
    """)
    project.feature(ONE)
    run = project.behave()
    assert (run.statuses(), run.code) == ({"Alone": "broken"}, 1)


def test_a_scenario_without_steps_is_broken_and_the_run_exits_1(project: Project) -> None:
    project.environment("bridge.verdict = True\n")
    project.feature(TWO + "  Scenario: Empty\n")
    run = project.behave()
    assert run.code == 1
    assert run.one("Empty")["status"] == "broken"
    assert "no steps" in message(run.one("Empty"))
    assert 'the scenario "Empty" has no steps (features/one.feature:' in run.printed


def test_a_skip_keeps_its_reason_and_is_not_accepted(project: Project) -> None:
    project.environment("""
        def before_scenario(context, scenario):
            if scenario.name == "Second": scenario.skip("this target has no history")
    """)
    project.feature(TWO)
    run = project.behave()
    assert run.statuses() == {"Alone": "passed", "Second": "skipped"}
    assert message(run.one("Second")) == "this target has no history"
    assert run.code == 1
    assert "NOT ACCEPTED: 1 of 2 selected scenarios did not pass." in run.printed


def test_a_skip_in_the_middle_is_not_passed(project: Project) -> None:
    project.steps("""
        @given("the rest is left out")
        def leave_out(context): context.scenario.skip("enough seen")
    """)
    project.feature(TWO.replace("Scenario: Second", "Scenario: Second\n        Given the rest is left out"))
    run = project.behave()
    assert run.statuses() == {"Alone": "passed", "Second": "skipped"}
    assert message(run.one("Second")) == "enough seen"


def test_secrets_reach_no_file(project: Project) -> None:
    project.steps("""
        @given("something talks too much")
        def talks(context):
            print("s3cret-token")
            allure.attach("s3cret-token", name="s3cret-token", attachment_type=allure.attachment_type.TEXT)
            allure.attach(b"{'key': 's3cret-token'}", name="raw")
            open("raw.txt", "w").write("s3cret-token")
            allure.attach.file("raw.txt", name="file")
            allure.dynamic.title("s3cret-token")
            allure.dynamic.parameter("key", "s3cret-token")
            with allure.step("with s3cret-token"):
                raise ValueError("Bearer s3cret-token refused")
    """)
    project.environment("""
        def before_feature(context, feature): allure_attach()
        def after_all(context): raise ValueError("s3cret-token in after_all")
        def allure_attach():
            import allure
            allure.attach("s3cret-token", name="before", attachment_type=allure.attachment_type.TEXT)
        bridge.attachments_of = lambda scenario: [("evidence", b"<p>s3cret-token</p>", "text/html")]
    """)
    project.feature(ONE.replace("it holds", "something talks too much"))
    run = project.behave()
    everything = run.texts()
    assert "s3cret-token" not in everything
    assert everything.count("[redacted]") >= 10
    assert "Bearer [redacted] refused" in message(run.results[0])


def test_scenarios_below_a_rule_have_results_and_their_tables_end_nothing(project: Project) -> None:
    project.feature('''
        Feature: Rules
          Rule: First rule
            Scenario: With a table
              Given it holds for
                | name |
                | Ben  |
            Scenario: With a text
              Given it holds for
                """
                a line
                """
            Scenario Outline: With rows
              Given it holds for <number> users
              Examples:
                | number |
                | 1      |
                | 2      |
          Rule: Second rule
            Scenario: With a table
              Given it does not hold
        ''')
    run = project.behave()
    assert sorted((r["name"], r["status"]) for r in run.results) == [
        ("With a table", "failed"),
        ("With a table", "passed"),
        ("With a text", "passed"),
        ("With rows", "passed"),
        ("With rows", "passed"),
    ]
    assert {tuple(labels(result, "story")) for result in run.results} == {("First rule",), ("Second rule",)}
    first = next(r for r in run.results if r["name"] == "With a table" and r["status"] == "passed")
    (table,) = first["steps"][0]["attachments"]
    assert "Ben" in (run.folder / table["source"]).read_text()
    assert len({result["historyId"] for result in run.results}) == 5


def test_a_feature_that_cannot_be_prepared_gives_results_for_its_scenarios(project: Project) -> None:
    project.environment("""
        def before_feature(context, feature):
            if feature.name == "One": raise ValueError("no room for it")
    """)
    project.feature(TWO + "  Rule: R\n        Scenario: Third\n          Given it holds\n")
    project.feature(ONE.replace("One", "Other").replace("Alone", "Elsewhere"), "two.feature")
    run = project.behave()
    assert run.code != 0
    assert run.statuses() == {"Alone": "broken", "Second": "broken", "Third": "broken", "Elsewhere": "passed"}
    assert "no room for it" in message(run.one("Third"))
    assert "before_feature of Feature One failed: ValueError: no room for it" in run.texts()


def test_a_rule_that_cannot_be_prepared_gives_results_for_its_scenarios(project: Project) -> None:
    project.environment("def before_rule(context, rule): raise ValueError('no room for it')\n")
    project.feature(TWO + "  Rule: R\n        Scenario: Third\n          Given it holds\n")
    run = project.behave()
    assert run.code != 0
    assert run.statuses() == {"Alone": "passed", "Second": "passed", "Third": "broken"}


def test_a_scenario_passed_over_after_an_early_end_is_not_run(project: Project) -> None:
    project.feature(TWO.replace("it holds", "it does not hold", 1))
    run = project.behave("--stop", "features/")
    assert run.statuses() == {"Alone": "failed", "Second": "unknown"}
    assert message(run.one("Second")).startswith("not run")


@pytest.mark.parametrize("hook", ["before_all", "after_all", "after_feature"])
def test_an_error_outside_the_scenarios_is_in_the_results(project: Project, hook: str) -> None:
    arguments = "context" if hook.endswith("all") else "context, feature"
    project.environment(f"def {hook}({arguments}): raise ValueError('the house is cold')\n")
    project.feature(ONE)
    run = project.behave()
    assert run.code != 0
    (told,) = run.folder.glob("*-globals.json")
    assert "the house is cold" in told.read_text()
    assert hook in told.read_text()


def test_an_interrupted_step_is_broken_and_the_rest_is_not_run(project: Project) -> None:
    project.steps("""
        @given("somebody stops the run")
        def stops(context): os.kill(os.getpid(), signal.SIGINT)
    """)
    project.environment("bridge.verdict = True\n")
    project.feature(TWO.replace("it holds", "somebody stops the run", 1))
    run = project.behave()
    assert run.code != 0
    assert run.statuses() == {"Alone": "broken", "Second": "unknown"}


def test_nothing_selected_exits_1_with_a_sentence(project: Project) -> None:
    project.environment("bridge.verdict = True\n")
    project.feature(ONE)
    run = project.behave("--tags=@nobody", "features/")
    assert (run.code, run.results) == (1, [])
    assert "NOTHING WAS RUN: no scenario matches" in run.printed


def test_what_was_not_selected_has_no_result(project: Project) -> None:
    project.feature(TWO.replace("Scenario: Second", "@this\n      Scenario: Second"))
    run = project.behave("--show-skipped", "--tags=@this", "features/")
    assert (run.statuses(), run.code) == ({"Second": "passed"}, 0)
    by_line = project.behave("features/one.feature:3", results="results")
    assert sorted(result["name"] for result in by_line.results) == ["Alone", "Second"]


def test_everything_skipped_exits_1_with_a_sentence(project: Project) -> None:
    project.environment("""
        bridge.verdict = True
        def before_scenario(context, scenario): scenario.skip("no network here")
    """)
    project.feature(TWO)
    run = project.behave()
    assert run.code == 1
    assert run.statuses() == {"Alone": "skipped", "Second": "skipped"}
    assert "NOTHING WAS VERIFIED: all 2 selected scenarios were skipped." in run.printed


def test_a_dry_run_exits_1_and_writes_nothing(project: Project) -> None:
    project.environment("bridge.verdict = True\n")
    project.feature(ONE)
    run = project.behave("--dry-run", "features/")
    assert run.code == 1
    assert "A DRY RUN VERIFIES NOTHING" in run.printed
    assert not run.folder.exists()


@pytest.mark.parametrize(("verdict", "code"), [(True, 0), (False, 1), (None, 1)])
def test_the_verdict_decides_over_failed_scenarios(project: Project, verdict: bool | None, code: int) -> None:
    project.environment(f"bridge.verdict = {verdict}\n")
    project.feature(TWO.replace("it holds", "it does not hold", 1))
    run = project.behave()
    assert run.code == code, run.printed
    assert run.statuses()["Alone"] == "failed"


def test_a_verdict_that_does_not_accept_makes_a_run_without_failures_exit_1(project: Project) -> None:
    project.environment("bridge.verdict = False\n")
    project.feature(ONE)
    run = project.behave()
    assert run.code == 1
    assert "NOT ACCEPTED by the verdict" in run.printed


def test_an_undefined_sentence_is_broken_and_no_verdict_excuses_it(project: Project) -> None:
    project.environment("bridge.verdict = True\n")
    project.feature(TWO.replace("it holds", "nobody knows this", 1))
    run = project.behave()
    assert run.code == 1
    assert run.one("Alone")["status"] == "broken"
    assert message(run.one("Alone")) == "no step definition matches the sentence: Given nobody knows this"


def test_outcomes_follow_the_kind_of_the_exception(project: Project) -> None:
    sentences = ["it does not hold", "the system is too slow", "the suite is wrong", "it cannot be seen here"]
    project.feature("Feature: F\n" + "".join(f"  Scenario: {s}\n    Given {s}\n" for s in sentences))
    run = project.behave()
    assert run.statuses() == dict(zip(sentences, ["failed", "failed", "broken", "skipped"], strict=True))
    assert message(run.one("the system is too slow")) == "expected the reply within 3 s, waited 3.00 s"
    assert message(run.one("the suite is wrong")) == "ValueError: no such key"
    trace = run.one("the suite is wrong")["statusDetails"]["trace"]
    assert trace.startswith('  File "steps/steps.py", line ')
    assert str(project.folder) not in trace


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("passed", "passed"), ("failed", "failed"), ("not_verified", "skipped"), ("broken", "broken")],
)
def test_the_journal_decides_the_outcome_of_a_scenario(project: Project, outcome: str, status: str) -> None:
    project.environment(f"bridge.facts_of = lambda s: ScenarioFacts(outcome={outcome!r}, reason='as journaled')\n")
    project.feature(ONE)
    run = project.behave()
    assert run.one("Alone")["status"] == status
    if outcome != "passed":
        assert message(run.one("Alone")) == "as journaled"


def test_a_journal_that_says_passed_does_not_hide_a_failed_step(project: Project) -> None:
    project.environment("bridge.facts_of = lambda scenario: ScenarioFacts(outcome='passed')\n")
    project.feature(ONE.replace("it holds", "it does not hold"))
    assert project.behave().statuses() == {"Alone": "failed"}


def test_a_bridge_that_fails_costs_no_result(project: Project) -> None:
    project.environment("""
        def facts_of(scenario): raise KeyError("lost")
        bridge.facts_of = bridge.attachments_of = facts_of
    """)
    project.feature(ONE)
    run = project.behave()
    assert run.statuses() == {"Alone": "broken"}
    assert "could not say how this scenario ended" in message(run.one("Alone"))


def test_a_scenario_that_the_suite_does_not_count_has_no_result(project: Project) -> None:
    project.environment("bridge.facts_of = lambda scenario: ScenarioFacts() if scenario.name == 'Alone' else None\n")
    project.feature(TWO)
    assert project.behave().statuses() == {"Alone": "passed"}


def test_several_processes_write_into_one_folder(project: Project) -> None:
    outline = "  Scenario Outline: Row\n    Given it holds for <n> users\n    Examples:\n      | n |\n"
    rows = "".join(f"      | {row} |\n" for row in range(10))
    for number in range(3):
        project.feature(f"Feature: F{number}\n{outline}{rows}", f"f{number}.feature")
    running = [
        subprocess.Popen(
            project.command(f"features/f{number}.feature"),
            cwd=project.folder,
            env=project.settings(),
            stdout=subprocess.DEVNULL,
        )
        for number in range(3)
    ]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    run = project.collect(0, "")
    assert len(run.results) == len({result["historyId"] for result in run.results}) == 30
