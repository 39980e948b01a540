/*
row = "a correlation that multiverse.hypotheses names, in a specification"
key = ["specification", "hypothesis"]
materialized = "table"
note = """
Empty until `lakehouse multiverse` has run. The feature is of the group that holds the point, however
many groups there are and whatever its number. Where the point is not above average there is none."""

[columns]
specification = ["id", "as in specifications"]
hypothesis = ["text", "mask, point and questionnaire, as in the settings"]
feature = ["id", "numbered in this specification; null where there is none"]
n = ["count", "participants; null where there is none"]
df = ["count", "degrees of freedom; null where there is none"]
r = ["1", "Spearman's, as in specifications; null where there is none"]
p = ["p", "unadjusted; null where there is none"]
*/
select
    specification,
    hypothesis,
    feature,
    n,
    df,
    r,
    p
from source_specification_hypotheses
