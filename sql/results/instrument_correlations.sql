/*
row = "an instrument beside another"
key = ["instrument_a", "instrument_b"]
materialized = "table"
step = "correlate_instruments"
source = "paper, section 4.2"
note = "Over the included participants, pairwise complete; each pair once, instrument_a before instrument_b. The family of the q values is all pairs."

[columns]
instrument_a = ["id", "a questionnaire"]
instrument_b = ["id", "another"]
n = ["count", "participants with both scores"]
pearson_r = ["r", "product-moment correlation"]
pearson_p = ["p", "two-sided"]
pearson_q = ["q", "Benjamini-Hochberg adjusted p over the family"]
spearman_r = ["r", "rank correlation, ties averaged"]
spearman_p = ["p", "two-sided, Student t with n - 2 degrees of freedom"]
spearman_q = ["q", "Benjamini-Hochberg adjusted p over the family"]
*/
select
    scores.participant,
    scores.instrument,
    scores.score
from scores
inner join participants on scores.participant = participants.participant
where participants.included
