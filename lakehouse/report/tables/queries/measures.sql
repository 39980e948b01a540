-- description = "How each measure changes from the neutral face in every mask, over the participants"
-- people = ["participants"]

with summed as (
    select
        measure,
        expression,
        supervised,
        count(change) as participants,
        avg(change) as mean_change,
        stddev_samp(change) as sd_change,
        quantile_cont(change, 0.25) as quarter,
        median(change) as median_change,
        quantile_cont(change, 0.75) as three_quarters
    from measures
    where change is not null
    group by measure, expression, supervised
),

ranged as (
    -- Student's t for 95 % by its expansion in the degrees of freedom (Abramowitz and Stegun 1964,
    -- 26.7.5), from ten participants on right to a thousandth; of fewer there is no interval.
    select
        measure,
        expression,
        supervised,
        participants,
        mean_change,
        sd_change,
        quarter,
        median_change,
        three_quarters,
        case
            when participants >= 10 then
                sd_change / sqrt(participants) * (
                    1.959964
                    + 2.372271 / (participants - 1)
                    + 2.822481 / power(participants - 1, 2)
                    + 2.555852 / power(participants - 1, 3)
                )
        end as half_width
    from summed
)

select
    ranged.measure,
    measure_definitions.kind as measure_kind,
    measure_definitions.unit,
    ranged.expression,
    ranged.supervised,
    cast(ranged.participants as integer) as participants,
    ranged.mean_change,
    ranged.mean_change - ranged.half_width as mean_low,
    ranged.mean_change + ranged.half_width as mean_high,
    ranged.quarter,
    ranged.median_change,
    ranged.three_quarters,
    ranged.sd_change
from ranged
inner join measure_definitions on ranged.measure = measure_definitions.measure
inner join expressions on ranged.expression = expressions.expression
order by measure_definitions.group_id, expressions.code, ranged.supervised
