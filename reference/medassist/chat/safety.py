"""Keep diagnoses, prescriptions and dismissals of the AI away from patients (contract, section 6.4)."""

import re

REPLACEMENT = "Thank you for telling me. A nurse will review what you wrote and decide on the next step."
REPLACED_ASSESSMENT = "The text of the AI was withheld by the safety filter. A nurse will assess the conversation."

_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]*)*[.!?\n]*")
_APOSTROPHES = str.maketrans("\u2019\u2018\u02bc`", "''''")

_CONDITION = (
    r"(?:\w+(?:itis|osis|emia|aemia|oma|pathy|plegia|algia|thyroidism)|pneumonia|migraines?|diabetes|diabetic|asthma|"
    r"influenza|flu|covid(?: ?19)?|cold sore|common cold|cancer|tumou?rs?|strokes?|heart (?:attack|failure|disease)|"
    r"angina|epilepsy|depression|anxiety disorder|gout|eczema|psoriasis|shingles|measles|mumps|malaria|"
    r"hypertension|high blood pressure|reflux|ulcers?|gallstones|kidney stones?|hernia|fractures?|"
    r"concussion|sepsis|lupus|dementia|parkinson\w*|alzheimer\w*|copd|embolism|aneurysm|clots?|hiv|aids|std|"
    r"allergy|infections?|infected|disease|disorder|syndrome|pregnant|bipolar|schizophrenia|food poisoning|"
    r"appendicitis|poisoned|anaphylaxis|broken \w+|sprained? \w+|sprain)"
)
_MEDICINE = (
    r"(?:\w+(?:cillin|mycin|prazole|sartan|statin|floxacin|cycline|azepam|dipine|profen|triptan|olol)|"
    r"paracetamol|acetaminophen|tylenol|advil|aspirin|naproxen|morphine|codeine|tramadol|insulin|metformin|"
    r"lisinopril|ramipril|warfarin|heparin|prednisone|prednisolone|steroids?|antibiotics?|antihistamines?|"
    r"painkillers?|pain killers?|medicines?|medications?|tablets?|pills?|capsules?|inhaler|drops|syrup|antacids?|"
    r"antidepressants?|sedatives?|supplements?|vitamins?|benadryl|loratadine|cetirizine|omeprazole|drugs?)"
)
_BETWEEN = r"(?:\W+\w+){0,6}?\W+"
_SOMEBODY = r"(?:you|he|she|they|your (?:\w+ )?\w+)"
_SOMETHING = r"(?:this|that|it|these|those|the (?:\w+ )?\w+|your (?:\w+ )?\w+)"

_DIAGNOSIS = (
    rf"\b{_SOMEBODY} (?:\w+ ){{0,2}}?(?:have|has|had|got|caught|developed|suffers?){_BETWEEN}{_CONDITION}\b",
    rf"\b{_SOMEBODY}'ve (?:got )?(?:\w+ ){{0,3}}?{_CONDITION}\b",
    rf"\b{_SOMETHING}(?:'s)? (?:\w+ ){{0,2}}?(?:is|are|was|be|"
    rf"sounds?|looks?|seems?|appears?|points?|suggests?|indicates?|means?)"
    rf"{_BETWEEN}{_CONDITION}\b",
    rf"\b(?:it's|that's|this's) (?:\w+ ){{0,4}}?{_CONDITION}\b",
    r"\b(?:are|is|am|be|you're) suffering from\b",
    rf"\b{_SOMEBODY} suffers? from\b",
    r"\b(?:my|the|your) diagnosis (?:is|would be)\b",
    r"\byou(?: are|'re| were| have been)? (?:been )?diagnosed with\b",
    rf"\byou(?:'re| are) (?:\w+ ){{0,3}}?(?:having|experiencing) (?:\w+ ){{0,3}}?{_CONDITION}\b",
    r"\byou(?:'re| are) (?:\w+ ){0,2}?(?:diabetic|pregnant|infected|poisoned|depressed|epileptic)\b",
    rf"\b(?:likely|probably|certainly|clearly|definitely|consistent with|a case of|signs? of)"
    rf" (?:\w+ ){{0,3}}?{_CONDITION}\b",
)
_ADVISED = (
    r"(?:you (?:should|must|need to|have to|can|could|may|ought to)|please|i (?:recommend|suggest|advise|prescribe)"
    r"|try|just|then|and|it is best to|be sure to|make sure (?:to|you)|let's)"
)
_HANDLING = (
    r"(?:start|begin|take|taking|stop|stopping|use|using|continue|double|increase|reduce|skip|swallow|switch to|"
    r"get|buy|drink|apply|prescribe|avoid)"
)
_PRESCRIPTION = (
    r"\b\d+(?:[.,]\d+)? ?(?:mg|mcg|\u00b5g|ml|milligrams?|micrograms?|millilit(?:er|re)s?|grams?|g|units?|iu|puffs?"
    r"|tablets?|pills?|capsules?|drops|doses?|teaspoons?)\b",
    rf"(?:^|[,:;]|\b{_ADVISED}) ?(?:\w+ ){{0,2}}?{_HANDLING}\b{_BETWEEN}{_MEDICINE}\b",
    rf"^\W*{_HANDLING}{_BETWEEN}{_MEDICINE}\b",
    rf"\b(?:recommend|suggest|advise|prescrib\w+)(?:\W+\w+){{0,4}}?\W+{_MEDICINE}\b",
)
_DISMISSAL = (
    r"\b(?:nothing|no (?:need|reason|cause)) (?:at all )?(?:to|for you to|for) (?:\w+ ){0,2}?"
    r"(?:worry|be worried|be concerned|concern|see|call|go|seek|visit|alarm|panic|help|a (?:doctor|nurse|hospital))\b",
    r"\b(?:do not|don't|does not|doesn't|never|no longer|will not|won't) (?:really |actually )?(?:need|require) "
    r"(?:to (?:see|call|go|visit|seek|worry|get)|(?:a|an|any|the|medical|urgent|emergency|further)?"
    r" ?(?:\w+ )?(?:doctor|nurse|help|hospital|ambulance|attention|treatment|care|emergency|appointment))",
    r"\b(?:do not|don't) (?:worry|be worried|be concerned|panic)\b",
    r"\bnothing (?:serious|dangerous|bad|wrong)\b",
    r"\b(?:is|are|it's|that's) (?:\w+ )?(?:not|n't) (?:\w+ )?(?:serious|dangerous|an emergency|worrying)\b",
    r"\b(?:isn't|aren't) (?:\w+ )?(?:serious|dangerous|an emergency|worrying)\b",
    r"\byou(?:'ll| will|'re| are) (?:be )?(?:perfectly |completely |just |totally )?fine\b",
    r"\b(?:can|may|could) (?:safely )?ignore\b|\bharmless\b",
)
_UNSAFE = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (*_DIAGNOSIS, *_PRESCRIPTION, *_DISMISSAL))
# "You have pneumonia": a bare noun behind "you have" is a condition unless it is one of these.
_BARE = re.compile(
    r"^\W*(?:so |then |well |unfortunately |sadly )?you have (?:an? |the )?(?P<noun>[\w' ]{3,40})\W*$", re.I
)
_NO_CONDITION = re.compile(
    r"\b(?:\w+ed|told|said|given|written|been|done|made|sent|had|shown|time|question|questions|right|choice|nurse|"
    r"appointment|symptoms?|fever|cough|pain|headache|rash|to|not|no|any|my|more|everything|all|it)\b",
    re.IGNORECASE,
)
_CALLS_FOR_HELP = re.compile(
    r"\b(?:call|ring|dial) (?:\w+ ){0,2}?(?:\d{2,4}|an ambulance|for help|emergency|your|a)\b|\bgo to the (?:nearest )?"
    r"(?:hospital|emergency)|\bseek (?:medical |urgent |immediate )?help\b",
    re.IGNORECASE,
)
_DENIES_JUDGING = re.compile(
    r"\bI (?:cannot|can't|can not|am not able to|do not|don't|may not|must not|won't|will not) (?:\w+ ){0,2}?"
    r"(?:give|make|provide|offer|diagnose|say|tell|prescribe|recommend|know)\b",
    re.IGNORECASE,
)


class SafetyFilter:
    """Judges the AI's text before anybody sees it."""

    def is_safe(self, text: str) -> bool:
        """Say whether no sentence of `text` diagnoses, prescribes or dismisses."""
        return not any(self.is_unsafe(found.group().strip()) for found in _SENTENCE.finditer(_plain(text)))

    def is_unsafe(self, sentence: str) -> bool:
        """Judge one sentence; questions and calls for help are never unsafe."""
        if not sentence or sentence.endswith("?") or _DENIES_JUDGING.search(sentence):
            return False
        if _CALLS_FOR_HELP.search(sentence) and not re.search(r"\b(?:not|n't|no)\b|n't\b", sentence, re.IGNORECASE):
            return False
        bare = _BARE.match(sentence)
        if bare is not None and not _NO_CONDITION.search(bare["noun"]):
            return True
        return any(pattern.search(sentence) for pattern in _UNSAFE)

    def reply(self, text: str) -> tuple[str, bool]:
        """Give what a patient may read instead of the AI's answer, and whether it was replaced."""
        return (text, False) if self.is_safe(text) else (REPLACEMENT, True)

    def assessment(self, text: str) -> tuple[str, bool]:
        """Give what a report may hold instead of the AI's assessment, and whether it was replaced."""
        return (text, False) if self.is_safe(text) else (REPLACED_ASSESSMENT, True)


def _plain(text: str) -> str:
    return re.sub(r"[*_#>]", "", text.translate(_APOSTROPHES))
