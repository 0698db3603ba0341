"""Figures for operators: read, summed by label, refused when they are none."""

import pytest

from countersign.errors import ContractBroken
from countersign.systems.chattrain.metrics import ANSWERED, LINES, OPEN_CONNECTIONS, REFUSED
from countersign.systems.prometheus import read_metrics

TEXT = """\
# HELP chattrain_messages_total Trainee lines by outcome
# TYPE chattrain_messages_total counter
chattrain_messages_total{outcome="answered"} 5.0
chattrain_messages_total{outcome="fallback"} 2.0
# HELP chattrain_active_connections Open chat sockets
# TYPE chattrain_active_connections gauge
chattrain_active_connections 3.0
"""


def test_figures_are_summed_over_the_labels_that_were_not_named() -> None:
    metrics = read_metrics("chattrain", TEXT)
    assert metrics.total(LINES) == 7
    assert metrics.total(LINES, **ANSWERED) == 5
    assert metrics.total(OPEN_CONNECTIONS) == 3


def test_a_label_that_was_not_counted_yet_is_zero() -> None:
    assert read_metrics("chattrain", TEXT).total(LINES, **REFUSED) == 0


def test_a_figure_that_is_not_exported_breaks_the_contract() -> None:
    with pytest.raises(ContractBroken, match="hold no chattrain_reply_seconds_count"):
        read_metrics("chattrain", TEXT).total("chattrain_reply_seconds_count")


@pytest.mark.parametrize("text", ["", "<html>not here</html>"])
def test_what_are_no_metrics_is_refused(text: str) -> None:
    with pytest.raises(ContractBroken, match="metrics"):
        read_metrics("chattrain", text)
