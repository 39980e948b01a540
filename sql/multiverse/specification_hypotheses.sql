/*
row = "a correlation that multiverse.hypotheses names, in a specification"
key = ["specification", "hypothesis"]
materialized = "table"
note = """
Empty until `lakehouse multiverse` has run. The feature is of the group that holds the point,
however many groups there are and whatever its number. Where the point is not above average there is
none."""

[columns]
specification = ["id", "as in specifications"]
hypothesis = ["text", "mask, point and questionnaire, as in the settings"]
feature = ["id", """
    of the group that holds the point, numbered in this specification; null where there is none"""]
n = "shared:specification_n"
df = "shared:specification_df"
r = ["1", "Spearman's, as in specifications; null where there is none"]
p = "shared:specification_p"
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
