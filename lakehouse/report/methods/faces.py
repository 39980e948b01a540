"""Methods: participants, landmarks, alignment, movement and groups of points."""

from typing import Final

from lakehouse.report.findings.movement import points_above_average
from lakehouse.report.findings.sample import left_out, sample_in_words, too_few
from lakehouse.report.methods.draft import Draft
from lakehouse.report.tables.facts import Need

NO_LIMIT: Final = "any"
_MEDIAPIPE: Final = "mediapipe"
_MADE_UP: Final = "synthetic"


def participants(draft: Draft) -> list[str]:
    """Say who entered the analysis, and by which rules."""
    included = draft.facts.included
    said = [_rule(draft)]
    if included and not too_few(draft.tables):
        sample = sample_in_words(draft.tables, draft.words)
        said.insert(0, draft.say("sample", sample=sample))
    if draft.setting("quality.reference") != "own":
        said.append(draft.say("no_neutral_needed"))
    said.append(draft.say("usable", rules=draft.words.listed(_conditions(draft))))
    people = left_out(draft.tables)
    if not included:
        said.append(draft.say("nobody"))
    elif people:
        said.append(draft.plural("left_out", people))
    if draft.setting("dataset.identity") == "photo":
        said.append(draft.words("glance.without_identity"))
    return said


def landmarks(draft: Draft) -> list[str]:
    """Say what found the landmarks."""
    said = []
    rows = draft.tables.table("extractors").to_dicts()
    found = [row for row in rows if row["extractor"].split(" ")[0] == _MEDIAPIPE]
    if found:
        said.append(
            draft.say(
                "mediapipe",
                picture=draft.say("each_frame" if draft.facts.of_stills else "each_photograph"),
                versions=draft.words.listed(list(dict.fromkeys(row["extractor"] for row in found))),
                models=draft.words.listed(
                    list(dict.fromkeys(row["model_sha256"] or "?" for row in found))
                ),
                detection=draft.words.number(draft.setting("detection.min_detection_confidence")),
                presence=draft.words.number(draft.setting("detection.min_presence_confidence")),
            )
        )
        said.append(draft.say("retries"))
    if any(row["extractor"] == _MADE_UP for row in rows):
        said.append(draft.say("made_up"))
    imported = [row for row in rows if row not in found and row["extractor"] != _MADE_UP]
    if imported:
        count = sum(row["photographs"] for row in imported)
        said.append(draft.plural("imported", count))
    return [*said, draft.say("mesh")] if said else []


def alignment(draft: Draft) -> list[str]:
    """Say how faces were brought onto each other, and averaged."""
    method = draft.setting("alignment.method")
    stills = [draft.say("stills")] if draft.facts.of_stills else []
    return [draft.say(f"alignment.{method}"), *stills, draft.say("masks")]


def movement(draft: Draft) -> list[str]:
    """Say what movement is, and whose points are grouped how."""
    said = [_distance(draft)]
    if 0 < draft.facts.own_neutral < draft.facts.included:
        said.append(draft.say(f"reference.{draft.setting('quality.reference')}"))
    said.append(draft.say("above_average"))
    said += _groups(draft)
    if draft.has(Need.MEASURES):
        said.append(draft.plural("measures", draft.facts.measures))
    if draft.has(Need.PAIRS):
        said.append(draft.say("pairs"))
    return said


def _distance(draft: Draft) -> str:
    facts = draft.facts
    nobody = facts.included > facts.own_neutral == 0
    face = draft.setting("quality.reference") if nobody else "own"
    dimensions = draft.setting("distance.dimensions")
    return draft.say(f"distance.{dimensions}", face=draft.say(f"face.{face}"))


def _groups(draft: Draft) -> list[str]:
    points, _ = points_above_average(draft.tables)
    if points == 0:
        return [draft.say("no_points")]
    clusters = {
        "k": draft.count(draft.setting("clusters.k")),
        "starts": draft.count(draft.setting("clusters.starts")),
        "seed": str(draft.setting("clusters.seed")),
    }
    return [
        draft.plural("groups", points, **clusters),
        draft.say(f"feature.{draft.setting('statistics.feature')}"),
    ]


def _rule(draft: Draft) -> str:
    number, masks = draft.setting("quality.photos_per_mask"), draft.setting("quality.masks")
    own = draft.setting("quality.reference") == "own"
    needed = masks if masks == "all" or own else "none"
    if number == NO_LIMIT:
        return draft.say(f"rule.any_{needed}")
    return draft.plural(f"rule.exact_{needed}", number)


def _conditions(draft: Draft) -> list[str]:
    said = [draft.plural("usable_faces", draft.setting("quality.max_faces"))]
    for name in ("max_yaw", "max_pitch", "min_face_height"):
        value = draft.setting(f"quality.{name}")
        if value != NO_LIMIT:
            said.append(draft.say(f"usable_{name}", limit=f"{value:g}"))
    return [*said, draft.say("usable_aligned")]
