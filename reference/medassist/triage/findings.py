"""The findings by category: key words that belong together in one clause, and combinations over a whole message."""

import re
from dataclasses import dataclass
from enum import Enum

Slot = re.Pattern[str]


def slot(pattern: str) -> Slot:
    """Compile one key word or phrase, as whole words."""
    return re.compile(rf"(?<![\w'])(?:{pattern})(?![\w'])")


@dataclass(frozen=True)
class Finding:
    """Key words that make a finding when all of them stand in one clause, in any order, near each other."""

    category: str
    slots: tuple[Slot, ...]


class Measure(Enum):
    """A part of a combination that is read from a number."""

    YOUNG = "under three months old"
    FEVERISH = "a fever of 38.0 C or more, or one told without a number"
    HIGH_FEVER = "a fever of 39.0 C or more, or one called high"


Part = tuple[Slot, ...] | Measure
"""Key words that stand together in one clause, or a measure."""


@dataclass(frozen=True)
class Combination:
    """Parts that make a finding when each of them is found anywhere in the message."""

    category: str
    parts: tuple[Part, ...]


def _finding(category: str, *slots: str) -> Finding:
    return Finding(category, tuple(slot(pattern) for pattern in slots))


def _combination(category: str, *parts: str | tuple[str, ...] | Measure) -> Combination:
    return Combination(category, tuple(map(_part, parts)))


def _part(given: str | tuple[str, ...] | Measure) -> Part:
    if isinstance(given, Measure):
        return given
    return tuple(slot(pattern) for pattern in ((given,) if isinstance(given, str) else given))


_PAIN = r"pain\w*|aches?|aching|hurts?|hurting|sore|cramps?|cramping"
_CHEST = r"chest|breastbone|breast bone|sternum"
_UNABLE = r"cannot|struggl\w+|hard|hardly|barely|unable|difficult\w*|trouble|fight\w*"
_BELLY = r"stomach|belly|abdomen|abdominal|tummy"
_SWOLLEN = r"swell\w*|swollen"
_PERSON_CONFUSED = (
    r"confused(?! (?:about|by|over|with|regarding|as to|why|how|which|whether|if)\b)"
    r"|confusion(?! (?:about|over|with|regarding|as to|around|on|in (?:my|the|your))\b)|disorient\w+"
)
_FAINT = r"fainted|fainting|pass(?:ed|es|ing) out|black(?:ed|ing) out|collaps(?:ed|es|ing|e)"
_STAYS_ASLEEP = (
    r"(?:will|would|does|do|did|is|are) not (?:be )?(?:wak\w+|wok\w+)(?: up)?"
    r"|cannot (?:be )?(?:wak\w+|wok\w+)(?: (?:up|him|her|them))?"
)
_VEHICLE = r"car|truck|lorry|bus|van|train|tram|vehicle|motorbike|motorcycle|taxi"
_BLOOD = r"blood(?! (?:test|tests|pressure|sugar|sample|work|type|group|thinner|thinners|results?))"
_PILLS = r"(?:pills?|tablets?|capsules?|painkillers?|paracetamol|ibuprofen|aspirins?|medicines?|sleeping pills?)"
_BABY_OR_CHILD = (
    r"bab(?:y|ies)(?:'s)?|infant|newborn|neonate|toddler|child|kid|son|daughter|little (?:one|boy|girl)"
    r"|\d+ (?:day|week|month|year)s? olds?"
)
_DIZZY = r"dizz\w+|light ?headed\w*|faint\w*|woozy"
_VOMITING = r"vomit\w*|threw up|throw\w* up|being sick"
_DROWSY = r"drows\w+|very sleepy|hard to wake"
_OTHERS = (
    r"(?:my|the|his|her|our|that|this) \w+|others?|somebody|someone|anyone|anybody|people|everyone|everybody"
    r"|him|her|them"
)

FINDINGS: tuple[Finding, ...] = (
    _finding(
        "chest_pain",
        _CHEST,
        rf"{_PAIN}|pressure|press\w+|tight\w*|crush\w+|squeez\w+|heav(?:y|iness)|stabbing|burn(?:s|ing)?",
    ),
    _finding("chest_pain", r"heart attacks?"),
    _finding(
        "chest_pain",
        _PAIN,
        r"spread\w*|radiat\w+|shoot\w*|mov(?:es|ing) (?:down|up|in)\w*|go(?:es|ing) (?:down|up|in)\w*",
        r"arms?|jaw",
    ),
    _finding("breathing", _UNABLE, r"breath(?:e|es|ing)?"),
    _finding("breathing", _UNABLE, r"catch\w* (?:\w+ )?breath"),
    _finding("breathing", _UNABLE, r"get\w* (?:\w+ )?air"),
    _finding("breathing", r"short(?:ness)? of breath|(?:not|stopped|no longer) breathing|gasp\w*|chok(?:e|es|ed|ing)"),
    _finding("breathing", r"lips?", r"blue|bluish"),
    _finding("neurological", r"worst|thunderclap", r"headaches?"),
    _finding("neurological", r"droop\w*", r"face|mouth|smile|eyelid|cheek"),
    _finding("neurological", r"slur\w*", r"speech|words?|speak\w*|talk\w*|voice"),
    _finding(
        "neurological",
        r"sudden\w*",
        r"weak\w*|numb\w*|paraly\w+",
        r"arms?|legs?|side|hand|foot|face",
    ),
    _finding("neurological", r"(?<!breast )(?<!heat )strokes?(?! of \w+| play| order)"),
    _finding("neurological", r"seizures?|convuls\w+"),
    _finding("neurological", _PERSON_CONFUSED),
    _finding("neurological", r"sudden\w*", r"lost|loss|losing|lose|gone|blind\w*", r"sight|vision|blind\w*"),
    _finding("neurological", r"sudden\w*", r"(?:gone |went )?blind"),
    _finding(
        "bleeding",
        r"sever\w+|heav(?:y|ily)|unstoppable|profuse\w*|massive\w*|badly|uncontroll\w+|gushing",
        r"bleed\w*|blood loss",
    ),
    _finding("bleeding", r"(?:will|does|do|would|has|is) not (?:stop\w*|ceas\w+)|cannot (?:be )?stop\w*", r"bleed\w*"),
    _finding("bleeding", r"ha?emorrhag\w+"),
    _finding("bleeding", r"vomit\w*|threw up|thrown up|throw\w* up|cough\w*|spit\w*|spat|bring\w* up", _BLOOD),
    _finding("bleeding", r"black|tarry", r"stools?|poo|poop|faeces|feces|bowel \w+"),
    _finding(
        "consciousness",
        rf"{_FAINT}|unconscious\w*|unresponsive\w*|(?:lost|lose|loses|loss of|losing) consciousness|{_STAYS_ASLEEP}",
    ),
    _finding(
        "psychiatric",
        r"suicid\w+|(?:kill|killing) (?:my|him|her|them|our)sel(?:f|ves)|end(?:ing)? (?:my|his|her|their) (?:own )?life"
        r"|(?:want|wants|wanted|wish|wishes) to die"
        r"|(?:do|does|did) not (?:really )?want to (?:live|be alive|go on living)"
        r"|better off (?:dead|if i (?:was|were) dead|without me)",
    ),
    _finding("psychiatric", r"cutting (?:my|him|her|them)sel(?:f|ves)|self ?harm\w*"),
    _finding(
        "psychiatric",
        r"want\w*|thoughts?|thinking|think|urges?|plan\w*|going to|tempted|keep\w*|feel like",
        r"(?:harm|hurt|cut|injur)(?:e|ing)? (?:my|him|her|them)sel(?:f|ves)",
    ),
    _finding(
        "psychiatric",
        r"want\w*|thoughts?|thinking|urges?|plan\w*|going to|tempted|feel like",
        rf"(?:kill|killing|harm|harming|hurt|hurting) (?:{_OTHERS})",
    ),
    _finding("overdose", r"overdos\w+|od'd"),
    _finding("overdose", r"too many", _PILLS),
    _finding(
        "overdose",
        r"swallow\w*|took|taken|ate|eaten",
        r"(?:whole|entire|full) (?:bottle|box|pack|packet|strip)",
    ),
    _finding(
        "overdose",
        r"drank|drunk|drink\w*|swallow\w*|ingest\w*|ate|eaten",
        r"bleach|poison\w*|batter(?:y|ies)|antifreeze|detergent|weed ?killer",
    ),
    _finding("allergic", r"throat", rf"{_SWOLLEN}|clos(?:e|es|ed|ing)(?: up)?|tight\w*"),
    _finding("allergic", r"tongue|lips?|face", _SWOLLEN),
    _finding("allergic", r"anaphyla\w+|epi ?pens?"),
    _finding(
        "abdominal", rf"{_BELLY}|stomach ?ache", r"sever\w+|sudden\w*|unbearable|excruciating|agoni[sz]ing", _PAIN
    ),
    _finding("abdominal", _BELLY, r"rigid|hard as a board|board like|rock hard"),
    _finding("trauma", r"stabbed"),
    _finding("trauma", r"(?:was|were|is|been|got|get|getting) shot|gun ?shots?|shot in (?:the|his|her|my) \w+"),
    _finding("trauma", rf"(?:hit|struck|knocked down|run over|ran over) by (?:a|an|the)? ?(?:\w+ )?(?:{_VEHICLE})"),
)

_PREGNANT = r"pregnan\w+(?! test)"
_HEAD_INJURY = (
    r"(?:hit|hits|hitting|hurt|bang\w*|bump\w*|injur\w+|knock\w*|struck|crack\w*)",
    r"head",
)

COMBINATIONS: tuple[Combination, ...] = (
    _combination("allergic", ("hives", r"all over|everywhere|(?:whole|entire) body"), _DIZZY),
    _combination(
        "allergic", ("hives", r"all over|everywhere|(?:whole|entire) body"), (_UNABLE, r"breath(?:e|es|ing)?")
    ),
    _combination(
        "allergic", ("hives", r"all over|everywhere|(?:whole|entire) body"), r"short(?:ness)? of breath|gasp\w*|chok\w+"
    ),
    _combination(
        "paediatric",
        _BABY_OR_CHILD,
        rf"floppy|(?<!a )limp|letharg\w+|{_STAYS_ASLEEP}|(?:not|stopped) (?:feeding|taking (?:any )?feeds)"
        r"|(?:will|does|would) not (?:feed|drink|take (?:any )?(?:feeds|milk))|refus\w+ (?:to feed|feeds|all feeds)"
        r"|(?:no|not had (?:a|any)|without (?:a|any)) (?:wet )?(?:napp(?:y|ies)|diapers?)|(?:no|without(?: any)?) tears"
        r"|inconsolabl\w+|cannot be consoled",
    ),
    _combination("obstetric", _PREGNANT, r"bleed\w*"),
    _combination("obstetric", _PREGNANT, (r"sever\w+|terrible|worst|unbearable|bad", rf"headaches?|{_PAIN}")),
    _combination(
        "obstetric",
        _PREGNANT,
        (
            r"baby|movements?|kicks?",
            r"(?:has|is|does|have|did) not (?:mov\w+|kick\w*)|not moving|(?:mov\w+|kick\w+) (?:\w+ )?less"
            r"|less movement|fewer (?:movements|kicks)|stopped (?:moving|kicking)|no (?:movements?|kicks?)|reduced",
        ),
    ),
    _combination("infection", Measure.HIGH_FEVER, ("stiff", r"neck")),
    _combination(
        "infection",
        Measure.HIGH_FEVER,
        (
            r"rash|spots",
            r"(?:does|do|will|is|are|did|would) not (?:fad\w+|blanch\w*|disappear\w*|go away)"
            r"|non ?(?:fading|blanching)",
        ),
    ),
    _combination("infection", Measure.HIGH_FEVER, rf"{_PERSON_CONFUSED}|{_DROWSY}"),
    _combination("trauma", _HEAD_INJURY, rf"{_VOMITING}|{_PERSON_CONFUSED}|{_FAINT}|{_DROWSY}|unconscious\w*"),
    _combination("trauma", r"head injur\w+", rf"{_VOMITING}|{_PERSON_CONFUSED}|{_FAINT}|{_DROWSY}|unconscious\w*"),
    _combination("paediatric", Measure.YOUNG, Measure.FEVERISH),
)

URGENT: tuple[Finding, ...] = (
    _finding(
        "pain",
        r"sever\w+|excruciating|unbearable|agoni[sz]ing",
        rf"{_PAIN}|headaches?|toothaches?|earaches?|backaches?",
    ),
    _finding("worsening", r"(?<!could be )(?<!could have been )worse|worsen\w*|deteriorat\w+"),
    _finding("dehydration", r"dehydrat\w+"),
    _finding(
        "dehydration",
        r"cannot|(?:does|do|did|is|has|will) not|unable",
        r"keep\w*|kept",
        r"down",
    ),
)
