/*
row = "a point of a group or of a measure of movement in a mask, and how far it moved without bias"
key = ["cell_index", "point"]
materialized = "ephemeral"

[columns]
cell_index = ["shared", "every mask but the reference"]
point = "shared"
square = ["aligned px²", "squared distance from the reference"]
projected = ["aligned px", "displacement along the mean one of the others"]
error = ["aligned px²", "what noise adds to the square on average"]
*/
with displacements as (
    select
        cell_displacements.cell_index,
        cells.mask,
        compared_cells.neutral_index,
        cell_displacements.point,
        cell_displacements.dx,
        cell_displacements.dy,
        case when settings.distance_dimensions = 3 then cell_displacements.dz else 0 end as dz
    from internal.cell_displacements
    inner join internal.cells on cell_displacements.cell_index = cells.cell_index
    inner join internal.compared_cells
        on cell_displacements.cell_index = compared_cells.cell_index
    cross join settings
    where cell_displacements.point in (select point_errors.point from internal.point_errors)
),

sums as (
    -- Over everybody whose displacement is known.
    select
        mask,
        point,
        sum(case when dz is not null then dx end) as dx,
        sum(case when dz is not null then dy end) as dy,
        sum(dz) as dz,
        count(dz) as participants
    from displacements
    group by mask, point
),

others as (
    -- The sum of the others' displacements, and its length.
    select
        displacements.cell_index,
        displacements.neutral_index,
        displacements.point,
        displacements.dx,
        displacements.dy,
        displacements.dz,
        sums.dx - displacements.dx as others_dx,
        sums.dy - displacements.dy as others_dy,
        sums.dz - displacements.dz as others_dz,
        sqrt(
            power(sums.dx - displacements.dx, 2)
            + power(sums.dy - displacements.dy, 2)
            + power(sums.dz - displacements.dz, 2)
        ) as others_length,
        sums.participants - 1 as others
    from displacements
    inner join sums on displacements.mask = sums.mask and displacements.point = sums.point
)

select
    others.cell_index,
    others.point,
    others.dx * others.dx + others.dy * others.dy + others.dz * others.dz as square,
    -- Where the others stay within rounding errors, there is no direction.
    case
        when others.others > 0 and others.others_length > 1e-6 * others.others
            then
                (
                    others.dx * others.others_dx
                    + others.dy * others.others_dy
                    + others.dz * others.others_dz
                )
                / others.others_length
    end as projected,
    face.error + neutral.error as error
from others
left join internal.point_errors as face
    on others.cell_index = face.cell_index and others.point = face.point
left join internal.point_errors as neutral
    on others.neutral_index = neutral.cell_index and others.point = neutral.point
