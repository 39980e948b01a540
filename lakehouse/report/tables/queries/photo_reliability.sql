-- description = "How well one photograph, or the mean of all, tells people apart"
-- people = ["n"]
-- besides = ["left_out"]

select
    expression,
    supervised,
    grouping || '_' || group_id as part,
    feature,
    n,
    left_out,
    photos,
    mean_distance,
    icc_a1,
    icc_a1_low,
    icc_a1_high,
    icc_ak,
    icc_ak_low,
    icc_ak_high,
    sem,
    sdc,
    ms_participants,
    ms_photos,
    ms_error,
    reason
from reliability
where grouping like '%eyes' and icc_a1 is not null
order by grouping, group_id, mask
