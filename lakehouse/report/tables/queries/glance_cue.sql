-- description = "How much farther faces move with the cue, in groups of points and as a whole"
-- people = ["n", "paper_n"]

select
    grouping,
    expression,
    group_id,
    n,
    mean_difference,
    difference_low,
    difference_high,
    t_q,
    paper_n,
    paper_mean_difference,
    paper_difference_low,
    paper_difference_high,
    paper_t_q
from supervision_effects
order by grouping, expression, group_id
