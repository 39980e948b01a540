-- description = "How much farther the left side of the face moves than the right, over participants"
-- people = ["participants"]

with by_people as (
    select
        participant,
        expression,
        supervised,
        mask,
        pair,
        avg(asymmetry) as asymmetry,
        avg(amplitude_left) as amplitude_left,
        avg(amplitude_right) as amplitude_right
    from side_asymmetry
    where mask is not null and asymmetry is not null
    group by participant, expression, supervised, mask, pair
),

summed as (
    select
        expression,
        supervised,
        mask,
        pair,
        cast(count(*) as integer) as participants,
        avg(asymmetry) as mean_asymmetry,
        stddev_samp(asymmetry) as sd_asymmetry,
        avg(amplitude_left) as amplitude_left,
        avg(amplitude_right) as amplitude_right
    from by_people
    group by expression, supervised, mask, pair
),

ranged as (
    -- As in latencies.sql; of fewer than ten participants there is no interval.
    select
        *,
        case
            when participants >= 10 then
                sd_asymmetry / sqrt(participants) * (
                    1.959964
                    + 2.372271 / (participants - 1)
                    + 2.822481 / power(participants - 1, 2)
                    + 2.555852 / power(participants - 1, 3)
                )
        end as half
    from summed
)

select
    expression,
    supervised,
    pair,
    participants,
    mean_asymmetry,
    mean_asymmetry - half as asymmetry_low,
    mean_asymmetry + half as asymmetry_high,
    sd_asymmetry,
    amplitude_left,
    amplitude_right
from ranged
order by pair = 'mouth' desc, pair asc, mask asc
