-- description = "All ways of analysing together, and what they are where nothing is related"

select
    curve,
    statistic,
    specifications,
    observed,
    expected,
    high,
    p,
    permutations
from specification_curve
order by curve <> 'strongest', curve, statistic
