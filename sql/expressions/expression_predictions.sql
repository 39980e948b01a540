/*
row = """
a participant's mask, and which expression a classifier that never saw the participant takes it
for"""
key = ["classifier", "condition", "participant", "expression", "supervised"]
materialized = "table"
extra = "statistics"
step = "predict_expressions"
note = """
The query gives displacements. The Python step leaves out one participant after the other: two
classifiers learn from all others and judge that participant's masks. They see the displacements of
all 468 points along x and y (and z if distance.dimensions is 3), in aligned pixels, as they are.

nearest_centroid takes a mask for the expression whose mean over the others lies nearest.
shrinkage_lda is a linear discriminant with all expressions equally likely, whose covariance
within expressions is shrunk by Ledoit and Wolf's formula. The neutral expression is left out:
without a cue its displacement is zero by construction. There are no guesses where dataset.identity
is photo, because the others might be the same person."""

[columns]
classifier = "shared"
condition = ["shared", """
    which masks are learnt from and judged; both only if there are both"""]
participant = "shared"
expression = ["shared", "what was to be shown, never the neutral one"]
supervised = "shared"
mask = "shared"
predicted = ["shared", "null where no guess is possible"]
reason = ["text", "why no guess is possible; null where there is one"]
*/
select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    cell_displacements.point,
    cast(cell_displacements.dx as float) as dx,
    cast(cell_displacements.dy as float) as dy,
    cast(cell_displacements.dz as float) as dz
from internal.cell_displacements
inner join internal.cells on cell_displacements.cell_index = cells.cell_index
inner join expressions on cells.expression = expressions.expression
where expressions.code <> '00'
