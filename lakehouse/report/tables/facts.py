"""What a warehouse holds, as far as it decides which figures can be drawn."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import duckdb

from lakehouse.report.privacy import Privacy
from lakehouse.settings.video import PLATEAU
from lakehouse.system.graphics import can_draw, installing_to_draw
from lakehouse.warehouse.models import Extra
from lakehouse.warehouse.query import fetch_by

_SEEN: Final = "(photos > 0 or masks > 0 or participant not in (select participant from videos))"


@dataclass(frozen=True)
class Facts:
    """What a warehouse holds.

    Parameters
    ----------
    participants, included, photos : int
        How many; those included enter the results. People of whom there are videos only count
        among neither, unless masks are made of their videos.
    expressions : tuple of str
        Other than the neutral face, with a mask of somebody included.
    conditions : tuple of bool
        With and without cue, among those masks.
    parts : tuple of str
        The whole face, and the groups of points with the eyelids.
    scored : int
        Included participants with a score.
    correlations, tests : int
        Features beside questionnaires that have a correlation, and those that are tested.
    own_neutral : int
        Included participants who are compared with their own neutral face.
    repeated : bool
        Whether anybody has two photographs of a mask and of their own neutral face.
    extras : frozenset of str
        What was built besides what every build makes.
    measures, specifications : int
        Measures of one's own; rows that `lakehouse multiverse` left.
    videos, filmed, trials : int
        Videos, people in them, and trials of an expression.
    build : mapping
        The row of build_info.
    settings : mapping
        Every setting in force, as in `lakehouse.toml`.
    """

    participants: int
    included: int
    photos: int
    expressions: tuple[str, ...]
    conditions: tuple[bool, ...]
    parts: tuple[str, ...]
    scored: int
    correlations: int
    tests: int
    own_neutral: int
    repeated: bool
    extras: frozenset[str]
    measures: int
    specifications: int
    videos: int
    filmed: int
    trials: int
    build: Mapping[str, Any]
    settings: Mapping[str, Any]

    @property
    def of_stills(self) -> bool:
        """Whether masks are made of videos, and what counts as photographs are stills of them."""
        return bool(self.settings["video"]["masks"] == PLATEAU)


class Need(StrEnum):
    """What a figure cannot be drawn without."""

    PARTICIPANTS = "participants"
    EXPRESSIONS = "expressions"
    SEVERAL_EXPRESSIONS = "several_expressions"
    CUE = "cue"
    OWN_NEUTRAL = "own_neutral"
    REPEATED = "repeated"
    SCORES = "scores"
    STATISTICS = "statistics"
    PAIRS = "pairs"
    MEASURES = "measures"
    MULTIVERSE = "multiverse"
    VIDEOS = "videos"
    TRIALS = "trials"
    CORRELATIONS = "correlations"
    TESTS = "tests"
    COVARIATES = "covariates"
    RELIABILITIES = "reliabilities"
    GRAPHICS = "graphics"
    CONSENT = "consent"

    def is_met(self, facts: Facts, privacy: Privacy | None = None) -> bool:
        """Whether the warehouse has it, or the readers of the report may see it.

        Parameters
        ----------
        privacy : Privacy, optional
            By default, that of a report which shows nobody's face.
        """
        return {
            Need.PARTICIPANTS: facts.included > 0,
            Need.EXPRESSIONS: len(facts.expressions) > 0,
            Need.SEVERAL_EXPRESSIONS: len(facts.expressions) > 1,
            Need.CUE: len(facts.conditions) > 1,
            Need.OWN_NEUTRAL: facts.own_neutral > 0,
            Need.REPEATED: facts.repeated,
            Need.SCORES: facts.scored > 0,
            Need.STATISTICS: Extra.STATISTICS in facts.extras,
            Need.PAIRS: Extra.PAIRS in facts.extras,
            Need.MEASURES: facts.measures > 0,
            Need.MULTIVERSE: facts.specifications > 0,
            Need.VIDEOS: facts.videos > 0,
            Need.TRIALS: facts.trials > 0,
            Need.CORRELATIONS: facts.correlations > 0,
            Need.TESTS: facts.tests > 0,
            Need.COVARIATES: bool(facts.settings["statistics"]["covariates"]),
            Need.RELIABILITIES: any(
                instrument["reliability"] is not None
                for instrument in facts.settings["instruments"].values()
            ),
            Need.GRAPHICS: can_draw(),
            # Of groups there is nothing to be asked for.
            Need.CONSENT: privacy is not None and (bool(privacy.photographs) or privacy.aggregate),
        }[self]

    @property
    def command(self) -> str | None:
        """What makes it, if a command does."""
        if self is Need.GRAPHICS:
            return installing_to_draw()
        return {
            Need.SCORES: "lakehouse scores FILE",
            Need.STATISTICS: Extra.STATISTICS.command,
            Need.PAIRS: Extra.PAIRS.command,
            Need.MEASURES: "lakehouse init --with-measures",
            Need.MULTIVERSE: "lakehouse multiverse",
            Need.VIDEOS: "lakehouse extract FOLDER",
            Need.TRIALS: "lakehouse events FILE",
            Need.CONSENT: "lakehouse report --photographs FOLDER",
        }.get(self)


def read_facts(connection: duckdb.DuckDBPyConnection) -> Facts:
    """Read what a warehouse holds.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Of the warehouse.
    """

    def value(query: str) -> Any:
        [row] = connection.execute(query).fetchall()
        return row[0]

    [info] = fetch_by(connection, "from build_info").to_dicts()
    compared = "from mask_averages where participants > 0"
    return Facts(
        participants=value(f"select count(*) from participants where {_SEEN}"),  # noqa: S608
        included=value(f"select count(*) from participants where included and {_SEEN}"),  # noqa: S608
        photos=value("select count(*) from photos"),
        expressions=tuple(
            row[0]
            for row in connection.execute(
                "select expression from expressions where code <> '00' and expression in "  # noqa: S608
                f"(select expression {compared}) order by code"
            ).fetchall()
        ),
        conditions=tuple(
            row[0]
            for row in connection.execute(
                f"select distinct supervised {compared} order by supervised"
            ).fetchall()
        ),
        parts=tuple(
            row[0]
            for row in connection.execute(
                "select grouping || '_' || group_id from group_names "
                "where grouping = 'mesh' or grouping like '%eyes' "
                "order by grouping = 'mesh' desc, grouping, group_id"
            ).fetchall()
        ),
        scored=value(
            "select count(distinct participant) from scores join participants using (participant) "
            "where included and score is not null"
        ),
        correlations=value("select count(spearman_r) from correlations"),
        tests=value("select count(spearman_p) from correlations"),
        own_neutral=value(
            "select count(*) from participants where included and compared_with = 'own'"
        ),
        repeated=value("select count(photos) > 0 from reliability"),
        extras=frozenset(filter(None, (info["parts"] or "").split(", "))),
        measures=value("select count(*) from measure_definitions"),
        specifications=value("select count(*) from specifications"),
        videos=value("select count(*) from videos"),
        filmed=value("select count(distinct participant) from videos"),
        trials=value("select count(*) from trials where mask is not null"),
        build=info,
        settings=json.loads(info["settings"]),
    )
