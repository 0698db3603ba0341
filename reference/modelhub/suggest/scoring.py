"""How well one model stands in for another (contract 6.6)."""

from dataclasses import dataclass

from reference.modelhub.models.known import kind_of

MATCH = {
    ("t2v-A14B", "i2v-A14B"): 0.7,
    ("t2v-A14B", "ti2v-5B"): 0.8,
    ("i2v-A14B", "t2v-A14B"): 0.6,
    ("i2v-A14B", "ti2v-5B"): 0.9,
    ("ti2v-5B", "t2v-A14B"): 0.8,
    ("ti2v-5B", "i2v-A14B"): 0.9,
}
UNRELATED = 0.5
SIMILAR, SLIGHTLY = 0.9, 0.7


@dataclass(frozen=True)
class Need:
    """What a request needs: quality low, medium or high; speed fast, medium or slow; a resolution."""

    quality: str = "medium"
    speed: str = "medium"
    resolution: str = "1280x720"


class Scorer:
    """Scores candidates."""

    def score(self, asked: str, candidate: str, need: Need) -> float:
        """Give the compatibility, 0..1 with 3 decimals."""
        match = MATCH.get((asked, candidate), UNRELATED)
        return round(0.4 * match + 0.4 * self.covered(asked, candidate) + 0.2 * self.fit(candidate, need), 3)

    def covered(self, asked: str, candidate: str) -> float:
        """Give the share of what the asked model does that the candidate does too."""
        wanted = kind_of(asked).covers
        return len(wanted & kind_of(candidate).covers) / len(wanted) if wanted else 0.0

    def fit(self, candidate: str, need: Need) -> float:
        """Give how well a candidate fits the need."""
        strong = kind_of(candidate).strong
        quality = (1.2 if "quality" in strong else 0.7) if need.quality == "high" else 1.0
        speed = (1.2 if "speed" in strong else 0.8) if need.speed == "fast" else 1.0
        size = (1.1 if "1080p" in strong else 0.6) if need.resolution == "1920x1080" else 1.0
        return min(1.0, 0.8 * quality * speed * size)

    def difference(self, asked: str, candidate: str) -> float:
        """Give how much faster (above 0) or slower a candidate is, as a share of the asked model's time."""
        nominal = kind_of(asked).nominal_seconds
        return round((nominal - kind_of(candidate).nominal_seconds) / nominal, 3)

    def label(self, score: float) -> str:
        """Name the difference in quality that a score stands for."""
        if score >= SIMILAR:
            return "similar"
        return "slightly_lower" if score >= SLIGHTLY else "significantly_lower"
