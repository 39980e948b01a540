/*
row = "a combination of choices with which the analysis could have been made, and its result"
key = ["specification"]
materialized = "table"
note = """
Empty until `lakehouse multiverse` has run for this lake and these settings. Correlations are
Spearman's, of the groups of points above average without the eyelids, with every questionnaire;
with covariates they are partial. Those of fewer than 10 participants do not count. The strongest is
the one with the largest |r| √(df + 1). Its p is unadjusted: specification_curve has a p that counts
the search."""

[columns]
specification = ["id", "the same for the same settings"]
exclusions = ["text", """
    strict: every mask is needed, with as many photographs as quality.photos_per_mask says; any: as
    many as there are, and only the reference is needed"""]
alignment = ["text", "as the setting alignment.method"]
dimensions = ["count", "as the setting distance.dimensions"]
feature_kind = ["text", """
    distance: the paper's; projected: displacement along the mean direction of the others;
    squared_unbiased: its square without what noise adds"""]
groups = ["count", "groups of points, as the setting clusters.k"]
starts = ["count", "as the setting clusters.starts"]
seed = ["1", "as the setting clusters.seed"]
covariates = ["text", "what is held constant: none, or all"]
points = ["count", "points above average"]
tests = ["count", "correlations that there are"]
significant = ["count", "those with p < 0.05, unadjusted"]
instrument = ["id", "the questionnaire of the strongest correlation; null where there is none"]
feature = ["id", "its feature, numbered in this specification; null where there is none"]
n = "shared:specification_n"
df = "shared:specification_df"
r = ["1", "the strongest correlation; null where there is none"]
p = "shared:specification_p"
*/
select
    specification,
    exclusions,
    alignment,
    dimensions,
    feature_kind,
    groups,
    starts,
    seed,
    covariates,
    points,
    tests,
    significant,
    instrument,
    feature,
    n,
    df,
    r,
    p
from source_specifications
