-- description = "What the regressions leave of the eyes' narrowing, in steps of half a standard deviation"
-- people = ["participants"]

with scaled as (
    select
        smile_residuals.condition,
        smile_residuals.side,
        floor(2 * smile_residuals.residual / coactivation.residual_sd) / 2 as residual_low,
        coactivation.regression_n as all_participants
    from smile_residuals
    inner join smile_coactivation as coactivation
        on
            smile_residuals.condition = coactivation.condition
            and smile_residuals.side = coactivation.side
    where smile_residuals.condition <> 'both' and coactivation.residual_sd > 0
)

select
    condition,
    side,
    residual_low,
    residual_low + 0.5 as residual_high,
    cast(count(*) as integer) as participants,
    all_participants,
    -- As many as a normal distribution would have there, by its height in the middle of the step.
    all_participants * 0.5 * exp(-power(residual_low + 0.25, 2) / 2) / sqrt(2 * pi()) as normal
from scaled
group by condition, side, residual_low, all_participants
order by condition desc, side asc, residual_low asc
