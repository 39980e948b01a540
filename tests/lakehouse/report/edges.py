"""Small lakes of any study, to build warehouses from that lack something or hold odd texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import pyarrow as pa

from lakehouse.files.parquet import write_parquet
from lakehouse.lake.schemas import PHOTOS, SCORES
from lakehouse.paths import WarehousePaths
from tests.sql.support import ANCHORS, blendshape_rows, landmark_rows, photo_row


@dataclass(frozen=True)
class Study:
    """Who was photographed with what, and what their questionnaires say.

    Parameters
    ----------
    participants, expressions : sequence of str
        Of the expressions the first is the neutral one.
    conditions : sequence of bool
    photos : int
        Of each participant, expression and condition.
    without_neutral : sequence of str
        Participants who have no photograph of the first expression.
    instruments : sequence of str
        Each participant has a score of each.
    flat : bool
        Whether landmarks have no depth.
    scored : mapping of str to float
        Scores by participant, where they are to be certain ones.
    """

    participants: Sequence[str] = ("001", "002", "003", "004", "005", "006")
    expressions: Sequence[str] = ("neutral", "happiness", "surprise")
    conditions: Sequence[bool] = (False, True)
    photos: int = 3
    without_neutral: Sequence[str] = ()
    instruments: Sequence[str] = ("dbi", "bai")
    flat: bool = False
    scored: Mapping[str, float] = field(default_factory=dict)

    def write(self, paths: WarehousePaths) -> None:
        """Write its lake, always the same, as one part."""
        random = np.random.default_rng(7)
        face = random.uniform(20, 200, (478, 3))
        for point, place in ANCHORS.items():
            face[point, :2] = place
        moves = {name: random.normal(0, 3, (478, 3)) for name in self.expressions[1:]}
        photos, landmarks = [], []
        for participant in self.participants:
            strength = random.uniform(0.5, 1.5)
            for key in self._keys(participant):
                moved = face + strength * moves.get(key[1], np.zeros_like(face))
                moved += random.normal(0, 0.3, face.shape)
                if self.flat:
                    moved[:, 2] = np.nan
                photos.append(photo_row(key, "ok"))
                landmarks.append(landmark_rows(key, moved))
        for folder in (paths.photos, paths.landmarks, paths.blendshapes):
            folder.mkdir(parents=True)
        part = "part-000001.parquet"
        write_parquet(pa.Table.from_pylist(photos, schema=PHOTOS), paths.photos / part)
        write_parquet(pa.concat_tables(landmarks), paths.landmarks / part)
        first = (self.participants[0], self.expressions[0], self.conditions[0], "1")
        write_parquet(blendshape_rows(first), paths.blendshapes / part)
        scores = [
            {"participant": participant, "instrument": instrument,
             "score": self.scored.get(participant, float(random.integers(0, 20)))}
            for participant in self.participants
            for instrument in self.instruments
        ]  # fmt: skip
        if scores:
            write_parquet(pa.Table.from_pylist(scores, schema=SCORES), paths.scores)

    def _keys(self, participant: str) -> Iterator[tuple[str, str, bool, str]]:
        """Name the photographs of a participant."""
        numbers = [str(number + 1) for number in range(self.photos)]
        for expression, supervised, number in product(self.expressions, self.conditions, numbers):
            if expression != self.expressions[0] or participant not in self.without_neutral:
                yield participant, expression, supervised, number
