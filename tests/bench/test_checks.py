"""The labelled texts are many, and each rule goes on judging them as well as was measured (rules 1.8)."""

from app.checks.hits import Severity
from bench import checks

#: A word that is wrong before any date, which a list of words cannot say.
MISSED = "later: 错字截止: expected ['word.confirm'], found []"


def test_there_are_enough_labelled_texts_and_every_name_is_told_apart() -> None:
    names = [(family, case["name"]) for family, case in checks.cases()]

    assert len(names) >= 300
    assert len(set(names)) == len(names)
    assert sum(not case["expect"] for _, case in checks.cases()) >= 100


def test_precision_and_recall_are_what_was_measured() -> None:
    of, faults = checks.scores()

    assert faults == [MISSED]
    assert all(min(one.precision, one.recall) >= checks.GOAL for one in of.values())


def test_every_rule_that_is_told_has_a_labelled_text() -> None:
    of, _ = checks.scores()

    stops = {name for name, rule in checks.RULES.items() if rule.severity is Severity.STOP}
    assert stops - of.keys() == set()
    assert of.keys() <= checks.RULES.keys()


def test_the_figures_become_a_table() -> None:
    table = checks.measure()

    assert "Held by every rule." in table.how
    assert len(table.rows) >= 30
