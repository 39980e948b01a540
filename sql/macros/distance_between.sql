/*
gives = """
for every mask the distance between two points of the face, and how much it differs from the face
that the mask is compared with, which participants.compared_with names"""
example = "select * from distance_between(61, 291) where expression = 'happiness'"
kind = "table"

[parameters]
point_a = ["id", "0-477"]
point_b = ["id", "0-477"]
*/
with one as (
    select
        cell_index,
        x,
        y,
        z
    from internal.cell_points
    where point = point_a
),

other as (
    select
        cell_index,
        x,
        y,
        z
    from internal.cell_points
    where point = point_b
),

apart as (
    select
        one.cell_index,
        sqrt(power(one.x - other.x, 2) + power(one.y - other.y, 2)) as distance,
        sqrt(
            power(one.x - other.x, 2) + power(one.y - other.y, 2) + power(one.z - other.z, 2)
        ) as distance_3d
    from one
    inner join other on one.cell_index = other.cell_index
),

at_rest as (
    select
        one.neutral_index,
        sqrt(power(one.x - other.x, 2) + power(one.y - other.y, 2)) as distance
    from internal.reference_faces as one
    inner join internal.reference_faces as other on one.neutral_index = other.neutral_index
    where one.point = point_a and other.point = point_b
)

select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    apart.distance,
    apart.distance_3d,
    apart.distance - at_rest.distance as change,
    apart.distance / nullif(at_rest.distance, 0) as ratio
from apart
inner join internal.cells on apart.cell_index = cells.cell_index
left join internal.compared_cells on apart.cell_index = compared_cells.cell_index
left join at_rest
    on coalesce(compared_cells.neutral_index, apart.cell_index) = at_rest.neutral_index
