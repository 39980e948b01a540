/*
row = """
a mesh point of a mask: which way and how far it moves from the neutral face on average, and how
alike participants are in it"""
key = ["mask", "point"]
materialized = "table"
note = """
Lengths are in the image plane or with depth, as the setting distance.dimensions says. chance_shift
is the root mean square length over √n, times √π/2 in the plane and √(8/3π) with depth. This is the
average length of the mean of n displacements of this size in random directions; it is close for
more than a few participants."""

[columns]
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
point = "shared"
dx = ["shared", "mean over the participants"]
dy = ["shared", "mean over the participants"]
dz = ["shared", "mean over the participants; null where the landmarks came without depth"]
mean_shift = ["aligned px", "length of the mean displacement"]
mean_distance = ["aligned px", "mean length of the displacements"]
chance_shift = ["aligned px", """
    about what mean_shift would be if everybody moved in a direction of their own"""]
variance = ["aligned px²", """
    variance of the displacements, n - 1, summed over the axes; null for one participant"""]
participants = "shared"
*/
with moved as (
    -- Displacements with their length in the dimensions of the settings.
    select
        cells.mask,
        cell_displacements.point,
        cell_displacements.dx,
        cell_displacements.dy,
        cell_displacements.dz,
        case when settings.distance_dimensions = 3 then cell_displacements.dz else 0 end as depth,
        case
            when settings.distance_dimensions = 3 then cell_displacements.distance_3d
            else cell_displacements.distance
        end as distance,
        settings.distance_dimensions
    from internal.cell_displacements
    inner join internal.cells on cell_displacements.cell_index = cells.cell_index
    cross join settings
),

averaged as (
    -- Means and variance over the participants.
    select
        mask,
        point,
        distance_dimensions,
        avg(dx) as dx,
        avg(dy) as dy,
        avg(dz) as dz,
        avg(depth) as depth,
        avg(distance) as mean_distance,
        avg(distance * distance) as mean_square,
        var_samp(dx) + var_samp(dy) + var_samp(depth) as variance,
        count(*) as participants
    from moved
    where distance is not null
    group by mask, point, distance_dimensions
)

select
    mask_labels.expression,
    mask_labels.supervised,
    averaged.mask,
    averaged.point,
    averaged.dx,
    averaged.dy,
    averaged.dz,
    sqrt(
        averaged.dx * averaged.dx + averaged.dy * averaged.dy + averaged.depth * averaged.depth
    ) as mean_shift,
    averaged.mean_distance,
    case
        when averaged.participants = 1 then averaged.mean_distance
        when averaged.distance_dimensions = 3
            then sqrt(8 / (3 * pi()) * averaged.mean_square / averaged.participants)
        else sqrt(pi() / 4 * averaged.mean_square / averaged.participants)
    end as chance_shift,
    averaged.variance,
    cast(averaged.participants as integer) as participants
from averaged
inner join mask_labels on averaged.mask = mask_labels.mask
