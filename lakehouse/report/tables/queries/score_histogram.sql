-- description = "Participants by their score, about twenty bins over each questionnaire's range"
-- people = ["participants"]

with known as (
    select
        distributions.name as instrument,
        least(distributions.floor_value, distributions.lowest) as low,
        greatest(distributions.ceiling_value, distributions.highest) as high
    from distributions
    where distributions.kind = 'instrument' and distributions.n > 0
),

measured as (
    -- Scores are whole numbers as a rule, so a bin holds as many of them as its neighbours.
    select
        instrument,
        low,
        high,
        case
            when high > low + 10 then ceil((high - low + 1) / 22)
            when high > low and high - low < 4 then (high - low) / 20
            else 1
        end as width
    from known
),

binned as (
    -- No bin begins with somebody's own score where no range is known.
    select
        instrument,
        high,
        width,
        floor(low / width) * width as low
    from measured
),

placed as (
    select
        binned.instrument,
        binned.low,
        binned.high,
        binned.width,
        cast(floor((scores.score - binned.low) / binned.width + 1e-9) as integer) as bin
    from scores
    inner join participants
        on scores.participant = participants.participant and participants.included
    inner join binned on scores.instrument = binned.instrument
    where scores.score is not null
)

select
    instrument,
    low + bin * width as bin_low,
    low + (bin + 1) * width as bin_high,
    cast(count(*) as integer) as participants,
    low as range_low,
    low + (floor((high - low) / width + 1e-9) + 1) * width as range_high
from placed
group by instrument, low, high, width, bin
order by instrument, bin
