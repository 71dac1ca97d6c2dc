"""What is claimed, by whom, through whom? The components that write spans and theses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from reviewnlp.annotations import Attribution, ClaimSpan, Mode, Quotation, Thesis
from reviewnlp.claims.features import FEATURES, Context, quotation_of
from reviewnlp.claims.modes import MODE_FEATURES, judge_modes
from reviewnlp.claims.roles import choose, judge
from reviewnlp.claims.units import Unit
from reviewnlp.claims.voice import (
    MODES,
    NOBODY,
    VOICE_FEATURES,
    WRITER,
    Discourse,
    Voices,
    candidate_voices,
    describe_voices,
    writer_of,
)
from reviewnlp.language.encoder import SentenceEncoder
from reviewnlp.linear import Array, LinearModel, load_model
from reviewnlp.resources import rows

ENCODER = {"@misc": "reviewnlp.encoder.v1", "name": "e5"}


@Language.factory(
    "reviewnlp_spans",
    default_config={
        "models": None, "encoder": ENCODER, "thesis_threshold": 0.31, "opinion_threshold": 0.2,
    },
    requires=["doc._.blocks", "doc._.turns", "doc._.quotations"],
    assigns=["doc._.claim_spans"],
)  # fmt: skip
def create_spans(
    nlp: Language,
    name: str,
    models: str | None,
    encoder: SentenceEncoder,
    thesis_threshold: float,
    opinion_threshold: float,
) -> ClaimSpanFinder:
    """Component that finds the spans of theses and opinions.

    `models` is the folder of trained models (None: the shipped ones). A candidate span must
    be more probable than the threshold of its label.
    """
    return ClaimSpanFinder(models, encoder, thesis_threshold, opinion_threshold)


class ClaimSpanFinder:
    """Writes `doc._.claim_spans` in text order; spans do not overlap."""

    def __init__(
        self, models: str | Path | None, encoder: SentenceEncoder, thesis: float, opinion: float
    ) -> None:
        self.encoder = encoder
        self.first = load_model("spans", models, encoder.name, FEATURES)
        self.second = load_model("spans_in_context", models, encoder.name, FEATURES)
        self.thresholds = {"thesis": thesis, "opinion": opinion}

    def __call__(self, doc: Doc) -> Doc:
        units, probabilities = judge(doc, self.encoder, self.first, self.second)
        doc._.claim_spans = [
            ClaimSpan(
                found.unit.start,
                found.unit.end,
                found.label,
                found.probability,
                found.unit.sentence,
                found.unit.first,
                found.unit.last,
                found.unit.pieces,
            )
            for found in choose(units, probabilities, self.thresholds)
        ]
        return doc


@Language.factory(
    "reviewnlp_theses",
    default_config={"models": None, "encoder": ENCODER},
    requires=["doc._.claim_spans", "doc._.people", "doc._.turns", "doc._.quotations"],
    assigns=["doc._.theses"],
)
def create_theses(nlp: Language, name: str, models: str | None, encoder: SentenceEncoder) -> ThesisAttributor:
    """Component that gives every thesis its attribution chain and mode."""
    return ThesisAttributor(models, encoder)


class ThesisAttributor:
    """Writes `doc._.theses`: the claim spans with their voices, decided in text order."""

    def __init__(self, models: str | Path | None, encoder: SentenceEncoder) -> None:
        self.encoder = encoder
        self.modes = load_model("modes", models, encoder.name, MODE_FEATURES)
        self.modes_in_context = load_model("modes_in_context", models, encoder.name, MODE_FEATURES)
        self.voices = load_model("voices", models, features=VOICE_FEATURES)

    def __call__(self, doc: Doc) -> Doc:
        units = [unit_of(span) for span in doc._.claim_spans if span.label == "thesis"]
        confidences = [span.confidence for span in doc._.claim_spans if span.label == "thesis"]
        context = Context(doc)
        voices = Voices(context)
        modes = judge_modes(voices, units, self.encoder, self.modes, self.modes_in_context)
        discourse = Discourse()
        theses = []
        for unit, row, confidence in zip(units, modes, confidences, strict=True):
            speaker, share, reasons = decide(voices, unit, list(row), discourse, self.voices)
            discourse.note(context, unit, speaker)
            theses.append(_thesis(context, unit, speaker, list(row), confidence * share, reasons))
        doc._.theses = theses
        return doc


def unit_of(span: ClaimSpan) -> Unit:
    """The candidate that a claim span was chosen from."""
    return Unit(span.start, span.end, span.sentence, span.first, span.last, span.pieces)


def decide(
    voices: Voices, unit: Unit, modes: Sequence[float], discourse: Discourse, model: LinearModel
) -> tuple[int, float, tuple[str, ...]]:
    """The most probable voice, its share of the candidates' probability, and what spoke for it."""
    candidates = candidate_voices(voices, unit)
    matrix = describe_voices(voices, unit, candidates, modes, discourse)
    shares = model.rank(matrix)
    best = int(shares.argmax())
    return candidates[best], float(shares[best]), _reasons(model, matrix[best])


def _reasons(model: LinearModel, row: Array) -> tuple[str, ...]:
    """What spoke most strongly for the voice, of what is worth telling."""
    told = {row[0]: row[1] for row in rows("claims", "reasons.tsv")}
    weights = model.coef[0] * row / model.scale
    order = sorted(range(len(row)), key=lambda i: (-float(weights[i]), i))
    names = [VOICE_FEATURES[i] for i in order if row[i] > 0 and weights[i] > 0]
    return tuple([told[name] for name in names if name in told][:2])


def is_summarised(context: Context, unit: Unit, speaker: int, modes: Sequence[float]) -> bool:
    """Whether a line under somebody's name is a summary, as in minutes, not his words."""
    turn = context.turns[unit.sentence]
    if turn is None or turn.kind != "speech" or speaker != writer_of(context, unit):
        return False
    told = modes[MODES.index("reported")] + modes[MODES.index("indirect")]
    return told > modes[MODES.index("direct")] + modes[MODES.index("own")]


def mode_given_speaker(context: Context, unit: Unit, speaker: int, modes: Sequence[float]) -> Mode:
    """The mode: the writer's own, or the most probable of the others.

    Lines of a transcript are direct speech of whose turn it is; minutes summarise.
    """
    turn = context.turns[unit.sentence]
    if speaker == writer_of(context, unit):
        if turn is None or turn.kind != "speech":
            return "own"
        if not is_summarised(context, unit, speaker, modes):
            return "direct"
    direct, indirect, reported = (modes[MODES.index(m)] for m in ("direct", "indirect", "reported"))
    if direct >= max(indirect, reported):
        return "direct"
    return "indirect" if indirect >= reported else "reported"


def reporter_of(context: Context, unit: Unit, speaker: int, modes: Sequence[float]) -> int:
    """Who relays the claim: nobody (`NOBODY`) where the writer or the turn's speaker claims it.

    A quotation inside another one is relayed by the outer one's speaker; a summarised line
    under a name, by the page's writer.
    """
    number = quotation_of(context.quotations, unit)
    inner = context.quotations[number] if number is not None else None
    for outer in context.quotations if inner is not None else ():
        if outer.speaker not in (None, speaker) and inner is not None and _contains(outer, inner):
            return NOBODY if outer.speaker is None else outer.speaker
    if speaker != writer_of(context, unit):
        return writer_of(context, unit)
    if is_summarised(context, unit, speaker, modes):
        page = next((turn.person for turn in context.doc._.turns if turn.kind == "writer"), None)
        return page if page is not None and page != speaker else NOBODY
    return NOBODY


def _contains(outer: Quotation, inner: Quotation) -> bool:
    """Whether one quotation's content holds all of the other, cue and source included."""
    spans = [span for span in (inner.content, inner.cue, inner.source) if span is not None]
    return outer is not inner and all(
        outer.content.start <= span.start and span.end <= outer.content.end for span in spans
    )


def _thesis(
    context: Context,
    unit: Unit,
    speaker: int,
    modes: Sequence[float],
    confidence: float,
    reasons: tuple[str, ...],
) -> Thesis:
    number = quotation_of(context.quotations, unit)
    quotation = context.quotations[number] if number is not None else None
    mode = mode_given_speaker(context, unit, speaker, modes)
    reporter = reporter_of(context, unit, speaker, modes)
    quoted = quotation is not None and speaker == quotation.speaker
    if quotation is not None and quoted and quotation.cue is not None:
        cue = " ".join(context.doc.text[slice(*quotation.cue)].split())
        reasons = (f"{quotation.kind} quotation, cue «{cue}»", *reasons)
    chain = [
        Attribution(
            _person(speaker),
            quotation.source if quotation and quoted else None,
            quotation.cue if quotation and quoted else None,
        )
    ]
    if reporter != NOBODY:
        chain.append(Attribution(_person(reporter)))
    comment = next((n for n, c in enumerate(context.doc._.comments) if c.start <= unit.start < c.end), None)
    return Thesis(
        start=unit.start,
        end=unit.end,
        attribution=tuple(chain),
        mode=mode,
        confidence=confidence,
        evidence=reasons,
        quotation=number if mode != "own" else None,
        comment=comment,
    )  # fmt: skip


def _person(voice: int) -> int | None:
    return None if voice in (NOBODY, WRITER) else voice
