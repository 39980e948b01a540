/*
row = """
a mask: how far each participant's movement points the way of the others', and the intervals of
expression_regularity"""
key = ["mask"]
materialized = "table"
internal = true
extra = "statistics"
step = "regularity_intervals"
note = """
expression_regularity shows these values. The query gives displacements. The Python step compares
each participant's displacements, all points and axes as one vector, with the mean of the other
participants'. The intervals are the middle 95 % of bootstrap samples of the participants, in which
nobody is compared with a copy of themselves."""

[columns]
mask = ["shared", "never 00-00"]
mean_cosine = ["1", """
    cosine between a participant's displacements and the mean of the others', mean over the
    participants"""]
ratio_low = ["1", "lower end of the 95 % interval of resultant_ratio; null without bootstraps"]
ratio_high = ["1", "upper end of the 95 % interval of resultant_ratio; null without bootstraps"]
cosine_low = ["1", "lower end of the 95 % interval of mean_cosine; null without bootstraps"]
cosine_high = ["1", "upper end of the 95 % interval of mean_cosine; null without bootstraps"]
dispersion_low = ["aligned px", """
    lower end of the 95 % interval of dispersion; null without bootstraps"""]
dispersion_high = ["aligned px", """
    upper end of the 95 % interval of dispersion; null without bootstraps"""]
bootstraps = "shared"
reason = "shared:nothing_to_compare"
*/
select
    cells.mask,
    cells.participant,
    cell_displacements.point,
    cast(cell_displacements.dx as float) as dx,
    cast(cell_displacements.dy as float) as dy,
    cast(cell_displacements.dz as float) as dz
from internal.cell_displacements
inner join internal.cells on cell_displacements.cell_index = cells.cell_index
