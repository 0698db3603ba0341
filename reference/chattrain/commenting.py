"""Put a rating into words: a comment that fits the score, and one to three suggestions."""

from reference.chattrain.scoring import Rating

ADVANCED_TIP = "Advanced tip: close by summarising what was agreed, so that the customer can repeat it in one sentence."
STAY_RESPECTFUL = "Stay respectful, also when the conversation is tense; an insult outweighs everything else in a line."
KEEP_GOING = "Name the next action and when the customer will hear from you."

_ADVICE = {
    "politeness": "Use polite words such as please, thank you or sorry.",
    "empathy": "Show that you understand the customer's situation before you turn to the facts.",
    "clarity": "Explain specifically what happens, one step after the other.",
    "solution": "Offer something that moves the case on: what you can fix, resolve or support.",
}
STRONG = 0.6
WEAK = 0.3
MOST_SUGGESTIONS = 3


class Commentator:
    """Says what was strong, what was weak, and what to do next. Never contradicts the score."""

    def comment(self, rating: Rating) -> str:
        """Give the comment. It opens with the band: excellent, good, decent or needs improvement."""
        strong = [name for name, ratio in rating.qualities.items() if ratio >= STRONG]
        weak = [name for name, ratio in rating.qualities.items() if ratio < WEAK]
        parts = [_opening(rating.score)]
        if strong and rating.score >= 50:
            parts.append(f"Strengths: {', '.join(strong)}.")
        if weak and rating.score < 90:
            parts.append(f"Areas to improve: {', '.join(weak)}.")
        if rating.insulting:
            parts.append("The line holds an insult.")
        return " ".join(parts)

    def suggestions(self, rating: Rating) -> list[str]:
        """Give one to three different suggestions, the most useful first."""
        if rating.score >= 90:
            return [ADVANCED_TIP]
        advice: list[str] = []
        if rating.match_percentage < 50:
            advice.append(f"Speak to what the customer needs, for example: {', '.join(rating.missed[:3])}.")
        if rating.insulting:
            advice.append(STAY_RESPECTFUL)
        advice += [_ADVICE[name] for name, ratio in rating.qualities.items() if ratio < WEAK]
        return (advice or [KEEP_GOING])[:MOST_SUGGESTIONS]


def _opening(score: int) -> str:
    if score >= 90:
        return "Excellent answer."
    if score >= 80:
        return "Good answer."
    if score >= 75:
        return "Decent answer."
    return "Needs improvement."
