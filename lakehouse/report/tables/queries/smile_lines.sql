-- description = "Ends of the lines of smile_coactivation's slopes, for an average jaw and head"
-- people = ["participants"]

with entered as (
    -- Who enters the regressions. Least squares goes through their means; the ends lie two
    -- standard deviations to both sides.
    select
        smile_measures.condition,
        smile_measures.side,
        count(*) as participants,
        avg(smile_measures.corner_rise) as corner_rise,
        avg(smile_measures.eye_narrowing) as eye_narrowing,
        stddev_samp(smile_measures.corner_rise) as spread
    from smile_measures
    inner join smile_residuals
        on
            smile_measures.participant = smile_residuals.participant
            and smile_measures.condition = smile_residuals.condition
            and smile_measures.side = smile_residuals.side
    where smile_measures.condition <> 'both'
    group by smile_measures.condition, smile_measures.side
),

ended as (
    select
        condition,
        side,
        cast(participants as integer) as participants,
        corner_rise as mean_rise,
        eye_narrowing as mean_narrowing,
        corner_rise + unnest([-2, 2]) * spread as corner_rise
    from entered
)

select
    ended.condition,
    ended.side,
    ended.participants,
    ended.corner_rise,
    ended.mean_narrowing + coactivation.slope * (ended.corner_rise - ended.mean_rise)
        as eye_narrowing,
    ended.mean_narrowing + coactivation.slope_low * (ended.corner_rise - ended.mean_rise)
        as with_slope_low,
    ended.mean_narrowing + coactivation.slope_high * (ended.corner_rise - ended.mean_rise)
        as with_slope_high
from ended
inner join smile_coactivation as coactivation
    on ended.condition = coactivation.condition and ended.side = coactivation.side
where coactivation.slope is not null
order by ended.condition desc, ended.side asc, ended.corner_rise asc
