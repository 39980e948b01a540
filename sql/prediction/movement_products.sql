/*
row = "two included participants, or one twice: how alike all of their movement is"
key = ["participant_a", "participant_b"]
materialized = "table"
internal = true
extra = "statistics"
step = "movement_products"
note = """
score_prediction learns from these numbers alone. The query gives displacements. The Python step
multiplies them point by point, for all points of all masks along x and y (and z if
distance.dimensions is 3), and sums. Participants who lack a mask are not here. With more than
3,000 participants nobody is, because there would be too many pairs."""

[columns]
participant_a = "shared:participant"
participant_b = ["shared:participant", "the same or later in the alphabet"]
product = ["aligned px²", """
    sum of the products of both participants' displacements; of a participant with itself the sum
    of the squared displacements"""]
*/
with crowd as (
    select count(*) as included
    from participants
    where included
)

select
    cells.participant,
    cells.mask,
    cell_displacements.point,
    cell_displacements.dx,
    cell_displacements.dy,
    cell_displacements.dz
from internal.cell_displacements
inner join internal.cells on cell_displacements.cell_index = cells.cell_index
cross join crowd
where crowd.included <= 3000
