-- description = "How much farther each point moves with a cue than without, to a hundredth px"
-- people = ["n"]

select
    expression,
    point,
    n,
    round(mean_difference, 2) as mean_difference,
    round(difference_low, 2) as difference_low,
    round(difference_high, 2) as difference_high,
    round(cohen_dz, 2) as cohen_dz,
    max_t_p,
    round(paper_mean_difference, 2) as paper_mean_difference,
    paper_max_t_p
from supervision_point_effects
where coalesce(mean_difference, paper_mean_difference) is not null
order by expression, point
