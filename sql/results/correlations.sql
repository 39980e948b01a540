/*
row = "a feature beside an instrument"
key = ["grouping", "feature", "instrument"]
materialized = "table"
step = "correlate_features"
source = "paper, section 3.2.4"
note = "The query gives the included participants' features and scores; the Python step correlates them on whole matrices, pairwise complete. A constant column, or fewer than three pairs, gives null. The family of the Benjamini-Hochberg q values is all features × instruments of one grouping."

[columns]
grouping = ["id", "kmeans6 or kmeans6_eyes"]
feature = ["id", "mask, underscore, group_id, as in features"]
instrument = ["id", "the questionnaire"]
n = ["count", "participants with both values"]
pearson_r = ["r", "product-moment correlation"]
pearson_p = ["p", "two-sided"]
pearson_q = ["q", "Benjamini-Hochberg adjusted p over the family"]
spearman_r = ["r", "rank correlation, ties averaged"]
spearman_p = ["p", "two-sided, Student t with n - 2 degrees of freedom"]
spearman_q = ["q", "Benjamini-Hochberg adjusted p over the family"]
*/
with groupings as (
    select distinct grouping from group_distances
),

analysed_scores as (
    select
        scores.participant,
        scores.instrument,
        scores.score
    from scores
    inner join participants on scores.participant = participants.participant
    where participants.included
)

select
    grouping,
    'feature' as kind,
    participant,
    mask || '_' || group_id as name,
    mean_distance as value
from group_distances
union all
select
    groupings.grouping,
    'instrument' as kind,
    analysed_scores.participant,
    analysed_scores.instrument as name,
    analysed_scores.score as value
from analysed_scores
cross join groupings
