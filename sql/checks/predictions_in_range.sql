/*
rule = """
correlations of what is foretold lie between -1 and 1, no share of the error that is gone exceeds 1,
and every questionnaire has numbers or a reason"""
violations = [
    "delete from score_prediction where instrument = 'bai'",
    "update score_prediction set n = 0, left_out = 0",
    "update score_prediction set reason = null",
    "update score_prediction set r = 1.1, reason = null",
    "update score_prediction set r_low = 0.2, r_high = 0.1",
    "update score_prediction set r_squared = 1.1",
    "update score_prediction set permutation_p = 0.1, permutation_p_alone = 0.2",
]
*/
with asked as (
    select
        instrument,
        count(score) as answered
    from analysed_scores
    group by instrument
)

select
    asked.instrument,
    asked.answered,
    score_prediction.n,
    score_prediction.r,
    score_prediction.reason
from asked
left join score_prediction on asked.instrument = score_prediction.instrument
where
    score_prediction.n is null
    or score_prediction.n + score_prediction.left_out <> asked.answered
    or (score_prediction.r is null) <> (score_prediction.reason is not null)
    or abs(score_prediction.r) > 1
    or score_prediction.r_low > score_prediction.r_high
    or score_prediction.r_squared > 1
    or score_prediction.permutation_p_alone > score_prediction.permutation_p + 1e-9
