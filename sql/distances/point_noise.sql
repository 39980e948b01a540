/*
row = "a mesh point of a mask: how far it moves, beside how far it would seem to if nothing moved"
key = ["mask", "point"]
materialized = "table"
extra = "statistics"
note = """
The values are means of cell_noise over the participants; cell_noise says how noise is found. A
participant with two sums counts twice.

The ratios are null where somebody is compared with another face than their own neutral one: there
the distance holds the build of the face, which is neither movement nor noise."""

[columns]
mask = ["shared", "never 00-00"]
point = "shared"
participants = "shared:noise_participants"
mean_distance = ["shared", "as in point_averages"]
noise_distance = ["aligned px", """
    expected distance between mask and neutral face where nothing moved; in the image plane or
    with depth, as the setting distance.dimensions says"""]
neutral_distance = "shared"
over_noise = "shared"
over_neutral = "shared"
reason = "shared:no_over_noise"
*/
with expected as (
    select
        cells.mask,
        cell_noise.point,
        count(*) as participants,
        sum(cell_noise.sums * cell_noise.noise_distance) / sum(cell_noise.sums) as noise_distance
    from internal.cell_noise
    inner join internal.cells on cell_noise.cell_index = cells.cell_index
    where cell_noise.noise_distance is not null
    group by cells.mask, cell_noise.point
),

still as (
    select
        point_averages.point,
        point_averages.mean_distance
    from point_averages
    inner join expressions on point_averages.expression = expressions.expression
    where expressions.code = '00'
)

select
    point_averages.mask,
    point_averages.point,
    cast(coalesce(expected.participants, 0) as integer) as participants,
    point_averages.mean_distance,
    expected.noise_distance,
    still.mean_distance as neutral_distance,
    -- Points that the alignment fixes differ by rounding errors only.
    case
        when expected.noise_distance > 1e-6 and mask_averages.without_own_neutral = 0
            then point_averages.mean_distance / expected.noise_distance
    end as over_noise,
    case
        when still.mean_distance > 1e-6 and mask_averages.without_own_neutral = 0
            then point_averages.mean_distance / still.mean_distance
    end as over_neutral,
    case
        when point_averages.mean_distance is null then 'nobody has a distance'
        when expected.noise_distance is null
            then 'nobody has two photographs of the mask and of the neutral face'
        when mask_averages.without_own_neutral > 0
            then 'somebody is compared with another face than the own, so its build counts'
        when expected.noise_distance <= 1e-6 then 'the photographs do not differ here'
    end as reason
from point_averages
inner join mask_averages on point_averages.mask = mask_averages.mask
left join expected
    on point_averages.mask = expected.mask and point_averages.point = expected.point
left join still on point_averages.point = still.point
