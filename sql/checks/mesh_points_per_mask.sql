/*
rule = "every mask of an included participant has the 468 points of the mesh"
violations = [
    """
        delete from internal.cell_points
        where cell_index = (select min(cell_index) from internal.cell_displacements)""",
    "delete from internal.cell_points where point = 467",
]
*/
with counted as (
    select
        cell_index,
        count(*) filter (where point < 468) as mesh_points
    from internal.cell_points
    group by cell_index
)

select
    cells.participant,
    cells.mask,
    coalesce(counted.mesh_points, 0) as mesh_points
from internal.cells
inner join participants on cells.participant = participants.participant
left join counted on cells.cell_index = counted.cell_index
where
    participants.included
    and cells.usable_photos > 0
    and coalesce(counted.mesh_points, 0) <> 468
