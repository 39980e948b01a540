-- description = "The primary family, corrected within itself alone"
-- people = ["n"]

select
    rank,
    feature,
    instrument,
    method,
    direction,
    n,
    r,
    p,
    q,
    holm,
    tests
from primary_correlations
order by rank
