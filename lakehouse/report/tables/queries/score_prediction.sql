-- description = "How well each score is foretold from all movement, by what others taught"
-- people = ["n"]
-- besides = ["left_out"]

select
    instrument,
    covariates,
    n,
    left_out,
    r,
    r_low,
    r_high,
    r_squared,
    r_squared_low,
    r_squared_high,
    error,
    baseline_error,
    permutation_p,
    permutation_p_alone,
    reason
from score_prediction
order by instrument
