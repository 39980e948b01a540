-- description = "How well each feature, as it is correlated, would agree with itself"
-- people = ["n"]

select
    expression,
    supervised,
    grouping || '_' || group_id as part,
    feature,
    photos,
    n,
    reliability,
    reliability_low,
    reliability_high,
    split_half,
    split_half_low,
    split_half_high,
    icc_ck,
    icc_ck_low,
    icc_ck_high,
    movement_n,
    movement_var_participants,
    movement_var_places,
    movement_var_error,
    reason
from feature_reliability
where grouping like '%eyes' and (reliability is not null or icc_ck is not null)
order by grouping, group_id, mask
