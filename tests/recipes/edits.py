"""What the recipes of CONTRIBUTING.md say to do, done."""

from tests.recipes.tree import SourceTree

RELATION = '''/*
row = "a participant who answered questionnaires"
key = ["participant"]
materialized = "table"
export = 45
note = """
A missing answer is not counted; participants without any are not here."""

[columns]
participant = "shared"
answered = ["count", "scores that are known"]
*/
select
    participant,
    cast(count(*) as integer) as answered
from scores
where score is not null
group by participant
'''
ITS_CHECK = """/*
rule = "whoever is in score_counts answered something"
violations = ["update score_counts set answered = 0 where participant = '001'"]
*/
select
    participant,
    answered
from score_counts
where answered < 1
"""
ITS_TEST = """from tests.sql.support import RunModel, table


def test_known_scores_are_counted(run_model: RunModel) -> None:
    scores = table(
        "participant instrument score", ("1", "bai", 3.0), ("1", "dbi", None), ("2", "dbi", None)
    )

    assert run_model("score_counts", scores=scores) == [("1", 1)]
"""


def add_a_relation(tree: SourceTree) -> None:
    """Add the relation score_counts."""
    tree.write("sql/features/score_counts.sql", RELATION)
    tree.write("sql/checks/score_counts_positive.sql", ITS_CHECK)
    tree.write("tests/sql/features/test_score_counts.py", ITS_TEST)


def add_a_setting(tree: SourceTree) -> None:
    """Add max_roll to [quality], as max_yaw and max_pitch are."""
    tree.insert(
        "lakehouse/settings/quality.py",
        '''    max_roll: Annotated[Degrees, InSql(unit="deg")] = "any"
    """Largest tilt of the head to either side, in degrees, with which a photograph is used, or
    "any"."""

''',
        before="    min_face_height: ",
    )
    verdicts = "sql/quality/photo_verdicts.sql"
    tree.insert(
        verdicts,
        "            when abs(photos.roll) > settings.max_roll then 'tilted'\n",
        before="            when photos.face_height < ",
    )
    tree.insert(verdicts, "tilted (roll), ", before="small_face or")
    tree.insert("sql/quality/exclusions.sql", "tilted, ", before="small_face, ")
    tree.insert(
        "tests/sql/quality/test_photo_verdicts.py",
        """        ({"roll": -20.5}, {"max_roll": 20.0}, "tilted"),
        ({"roll": -20.0}, {"max_roll": 20.0}, None),
""",
        before='        ({"face_height": 199.0}',
    )


STEP = '''"""Places in the order of scores, as a function from a query's result to a relation."""

import numpy as np
import polars as pl

from lakehouse.steps.registry import step


@step(seed="statistics.seed")
def rank_scores(scores: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    """Put the participants in the order of their scores, ties at random.

    Parameters
    ----------
    scores : polars.DataFrame
        Columns participant, instrument, score; none is null.
    seed : int
        Random state of the ties.

    Returns
    -------
    polars.DataFrame
        Columns participant, instrument, place: from 1 within the instrument.
    """
    rows = scores.sort("participant", "instrument")
    ties = pl.Series("tie", np.random.default_rng(seed).random(len(rows)))
    return (
        rows.hstack([ties])
        .sort("score", "tie")
        .select(
            "participant",
            "instrument",
            place=pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("instrument"),
        )
    )
'''
ITS_MODEL = """/*
row = "a participant's place in the order of an instrument's scores"
key = ["participant", "instrument"]
materialized = "table"
step = "rank_scores"

[columns]
participant = "shared"
instrument = "shared"
place = ["1", "place within the instrument, from 1; ties at random"]
*/
select
    participant,
    instrument,
    score
from scores
where score is not null
"""
STEP_TEST = """import polars as pl

from lakehouse.steps.ranks.ranks import rank_scores

COLUMNS = ["participant", "instrument", "score"]


def test_places_follow_the_scores() -> None:
    rows = [("1", "bai", 5.0), ("2", "bai", 3.0), ("1", "dbi", 4.0)]
    scores = pl.DataFrame(rows, schema=COLUMNS, orient="row")

    assert sorted(rank_scores(scores, seed=0).rows()) == [
        ("1", "bai", 2), ("1", "dbi", 1), ("2", "bai", 1)
    ]
"""


def add_a_step(tree: SourceTree) -> None:
    """Add the relation score_ranks, made by a step of a subject that was not there."""
    tree.write("lakehouse/steps/ranks/__init__.py", '"""Order among participants."""\n')
    tree.write("lakehouse/steps/ranks/ranks.py", STEP)
    tree.write("sql/ranks/score_ranks.sql", ITS_MODEL)
    tree.write("tests/lakehouse/steps/ranks/__init__.py", "")
    tree.write("tests/lakehouse/steps/ranks/test_ranks.py", STEP_TEST)
    tree.insert(
        "pyproject.toml",
        '    "lakehouse.steps.ranks",\n',
        before='    "lakehouse.steps.reliability",\n',
    )


CHECK = """/*
rule = "scores are whole numbers"
violations = ["update scores set score = 1.5 where participant = '002' and instrument = 'bai'"]
*/
select
    participant,
    instrument,
    score
from scores
where score <> floor(score)
"""


def add_a_check(tree: SourceTree) -> None:
    """Add the rule that scores are whole numbers."""
    tree.write("sql/checks/scores_are_whole.sql", CHECK)
