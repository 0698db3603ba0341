"""Small charts as inline SVG: no script, no font and no file from elsewhere, readable without colour and aloud."""

import math
from itertools import count

from markupsafe import Markup, escape

from countersign.verdict.bands import GREEN_ABOVE, RED_BELOW, percent
from countersign.verdict.figures import keeps_limit, limit_in_words, number
from countersign.verdict.records import Measured
from countersign.verdict.results import SystemVerdict

WIDTH, HEIGHT = 230, 64
_LEFT, _RIGHT, _TOP, _BOTTOM = 4, 44, 6, 10
DOTS_UP_TO = 60


class Charts:
    """Draws the charts of one page; every chart gets ids of its own for its title and description."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def series(self, figure: Measured) -> Markup:
        """Draw the observations of a figure in their order, with its limit as a dashed line; empty without a series.

        Observations beyond the limit are diamonds, the others dots, so that they differ without colour.
        """
        points = [(index, value) for index, value in enumerate(figure.series) if math.isfinite(value)]
        if not points:
            return Markup("")
        limits = [limit for limit in (figure.limit, figure.limit_to) if limit is not None]
        if figure.relation == "reported":
            limits = []
        values = [value for _, value in points]
        low, high = min([0.0, *values, *limits]), max([*values, *limits])
        span = (high - low) * 1.08 or 1.0
        last = max(1, len(figure.series) - 1)

        def x(index: int) -> float:
            return _LEFT + (WIDTH - _LEFT - _RIGHT) * (index / last if len(figure.series) > 1 else 0.5)

        def y(value: float) -> float:
            return _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - (value - low) / span)

        beyond = [(index, value) for index, value in points if self._beyond(figure, value)]
        parts = [f'<line class="axis" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y(low):.1f}" y2="{y(low):.1f}"/>']
        for limit in limits:
            parts.append(
                f'<line class="limit" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y(limit):.1f}" y2="{y(limit):.1f}"/>'
                f'<text x="{WIDTH - _RIGHT + 4}" y="{y(limit) + 3.5:.1f}">{self._label(limit, figure.unit)}</text>'
            )
        if len(points) > 1:
            path = " ".join(f"{x(index):.1f},{y(value):.1f}" for index, value in points)
            parts.append(f'<polyline class="run" points="{path}"/>')
        dots = points if len(points) <= DOTS_UP_TO else []
        parts += [
            f'<circle class="dot" cx="{x(index):.1f}" cy="{y(value):.1f}" r="1.8"/>'
            for index, value in dots
            if (index, value) not in beyond
        ]
        parts += [self._diamond(x(index), y(value)) for index, value in beyond]
        words = (
            f"{len(points)} observations in {figure.unit or 'plain numbers'}, from {number(min(values))} to "
            f"{number(max(values))}."
        )
        if limits:
            words += f" Limit: {limit_in_words(figure)}. Beyond it: {len(beyond)}."
        return self._svg("series", (WIDTH, HEIGHT), figure.name, words, "".join(parts))

    def share(self, system: SystemVerdict, name: str) -> Markup:
        """Draw verified (solid), refuted (hatched) and not verified (empty) of a system as one bar with its marks."""
        width, height = 220, 22
        total = system.total or 1
        verified, refuted = width * system.verified / total, width * system.refuted / total
        hatch = f"hatch-{next(self._numbers)}"
        parts = [
            f'<defs><pattern id="{hatch}" width="4" height="4" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><rect class="hatch-ground" width="4" height="4"/>'
            '<line class="hatch-line" x1="0" y1="0" x2="0" y2="4"/></pattern></defs>',
            f'<rect class="share-open" x="0.5" y="4.5" width="{width - 1}" height="11"/>',
            f'<rect class="share-verified" x="0" y="4" width="{verified:.1f}" height="12"/>',
            f'<rect x="{verified:.1f}" y="4" width="{refuted:.1f}" height="12" fill="url(#{hatch})"/>',
        ]
        for mark in (RED_BELOW, GREEN_ABOVE):
            at = width * mark / 100
            parts.append(f'<line class="mark" x1="{at}" x2="{at}" y1="1" y2="19"/>')
        words = (
            f"{system.verified} verified, {system.refuted} refuted, {system.not_verified} not verified; "
            f"{percent(system.share)} verified. Marks at {RED_BELOW} % and {GREEN_ABOVE} %."
        )
        return self._svg("share", (width, height), f"Share of verified criteria of {name}", words, "".join(parts))

    @staticmethod
    def _beyond(figure: Measured, value: float) -> bool:
        """Say whether a single observation lies beyond the limit of the figure."""
        single = Measured(
            figure.key, figure.name, value, figure.unit, 1, figure.limit, figure.limit_to, figure.relation
        )
        try:
            return keeps_limit(single) is False
        except ValueError:
            return False

    @staticmethod
    def _label(limit: float, unit: str) -> str:
        text = f"{number(limit)} {unit}".strip()
        return str(escape(text if len(text) <= 8 else number(limit)))

    @staticmethod
    def _diamond(x: float, y: float) -> str:
        points = f"{x:.1f},{y - 3.4:.1f} {x + 3.4:.1f},{y:.1f} {x:.1f},{y + 3.4:.1f} {x - 3.4:.1f},{y:.1f}"
        return f'<polygon class="beyond" points="{points}"/>'

    def _svg(self, kind: str, size: tuple[int, int], title: str, words: str, body: str) -> Markup:
        """Frame a drawing. `body` is drawn from numbers and escaped labels; title and words are escaped here."""
        width, height = size
        number_ = next(self._numbers)
        return Markup(
            f'<svg class="chart {kind}" role="img" aria-labelledby="t{number_} d{number_}" '
            f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
            f'<title id="t{number_}">{escape(title)}</title><desc id="d{number_}">{escape(words)}</desc>{body}</svg>'
        )
