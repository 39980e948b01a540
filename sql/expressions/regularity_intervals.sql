/*
row = "a mask: how much one participant's movement points the way of the others', and how sure the numbers of expression_regularity are"
key = ["mask"]
materialized = "table"
extra = "statistics"
step = "regularity_intervals"
note = "The query gives displacements; the Python step compares each participant's, all points and axes as one vector, with the mean of the other participants'. Read it in expression_regularity. Intervals are those of the middle 95 % of bootstrap samples of the participants, in which nobody is compared with a copy of themselves."

[columns]
mask = ["id", "label of expression and condition, such as 05-00; never 00-00"]
mean_cosine = ["1", "mean over the participants of the cosine between their displacements and the mean of the others'"]
ratio_low = ["1", "lower end of the 95 % interval of resultant_ratio; null without bootstraps"]
ratio_high = ["1", "upper end of the 95 % interval of resultant_ratio; null without bootstraps"]
cosine_low = ["1", "lower end of the 95 % interval of mean_cosine; null without bootstraps"]
cosine_high = ["1", "upper end of the 95 % interval of mean_cosine; null without bootstraps"]
dispersion_low = ["aligned px", "lower end of the 95 % interval of dispersion; null without bootstraps"]
dispersion_high = ["aligned px", "upper end of the 95 % interval of dispersion; null without bootstraps"]
bootstraps = ["count", "samples of the participants behind the intervals"]
reason = ["text", "why there is nothing to compare; null where there is"]
*/
select
    cells.mask,
    cells.participant,
    cell_displacements.point,
    cast(cell_displacements.dx as float) as dx,
    cast(cell_displacements.dy as float) as dy,
    cast(cell_displacements.dz as float) as dz
from cell_displacements
inner join cells on cell_displacements.cell_index = cells.cell_index
