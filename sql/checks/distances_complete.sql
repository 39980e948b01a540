/*
rule = "every mask but the reference has a distance for each of its 468 mesh points"
violations = [
    """
        delete from internal.cell_points
        where cell_index = (select min(cell_index) from internal.cell_displacements)""",
    "delete from internal.cell_points where point = 467",
    "update internal.cell_points set x = null where point = 467",
]
*/
with masked as (
    select
        cells.cell_index,
        cells.participant,
        cells.mask
    from internal.cells
    inner join participants on cells.participant = participants.participant
    where participants.included and cells.usable_photos > 0 and cells.mask <> '00-00'
),

measured as (
    select
        cell_index,
        count(distance) as distances
    from internal.cell_displacements
    group by cell_index
)

select
    masked.participant,
    masked.mask,
    coalesce(measured.distances, 0) as distances
from masked
left join measured on masked.cell_index = measured.cell_index
where coalesce(measured.distances, 0) <> 468
