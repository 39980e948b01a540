/*
row = "a point of a mask, and how far it moved along the mean displacement of the others"
key = ["cell_index", "point"]
materialized = "ephemeral"

[columns]
cell_index = ["shared", "every mask but the reference"]
point = "shared"
square = ["aligned px²", "squared distance from the reference"]
projected = ["aligned px", "displacement along the mean one of the others"]
*/
with displacements as (
    -- Beside the sum over everybody whose displacement is known.
    select
        cell_displacements.cell_index,
        cell_displacements.point,
        cell_displacements.dx,
        cell_displacements.dy,
        case when settings.distance_dimensions = 3 then cell_displacements.dz else 0 end as dz,
        mean_displacements.dx * mean_displacements.participants as total_dx,
        mean_displacements.dy * mean_displacements.participants as total_dy,
        case
            when settings.distance_dimensions = 3
                then mean_displacements.dz * mean_displacements.participants
            else 0
        end as total_dz,
        mean_displacements.participants - 1 as others
    from internal.cell_displacements
    inner join internal.cells on cell_displacements.cell_index = cells.cell_index
    inner join mean_displacements
        on
            cells.mask = mean_displacements.mask
            and cell_displacements.point = mean_displacements.point
    cross join settings
    where
        cell_displacements.point in (
            select pav_groups.point
            from pav_groups
            union all
            select measure_points.point
            from measure_points
        )
),

others_moved as (
    -- The sum of the others' displacements.
    select
        cell_index,
        point,
        dx,
        dy,
        dz,
        total_dx - dx as others_dx,
        total_dy - dy as others_dy,
        total_dz - dz as others_dz,
        others
    from displacements
),

measured as (
    select
        cell_index,
        point,
        dx * dx + dy * dy + dz * dz as square,
        dx * others_dx + dy * others_dy + dz * others_dz as product,
        sqrt(others_dx * others_dx + others_dy * others_dy + others_dz * others_dz)
            as others_length,
        others
    from others_moved
)

-- Where the others stay within rounding errors, there is no direction.
select
    cell_index,
    point,
    square,
    case when others > 0 and others_length > 1e-6 * others then product / others_length end
        as projected
from measured
