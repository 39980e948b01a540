/*
rule = """
ICCs are at most 1 and lie in their intervals, errors are not negative, what is missing has a
reason, and no participant is counted twice or not at all"""
violations = [
    "update reliability set icc_a1 = 1.1 where feature = 'm05_00_7'",
    "update reliability set icc_a1_low = 1 where feature = 'm05_00_7'",
    "update reliability set icc_ak_high = -9 where feature = 'm05_00_7'",
    "update reliability set sem = -1 where feature = 'm05_00_7'",
    "update reliability set icc_a1 = null where feature = 'm05_00_7'",
    "update reliability set n = n + 1 where feature = 'm05_00_7'",
]
*/
with everybody as (
    select
        mask,
        count(distinct participant) as participants
    from internal.photo_group_distances
    group by mask
)

select
    reliability.grouping,
    reliability.feature,
    reliability.n,
    reliability.left_out,
    reliability.icc_a1,
    reliability.icc_a1_low,
    reliability.icc_a1_high,
    reliability.icc_ak,
    reliability.icc_ak_low,
    reliability.icc_ak_high,
    reliability.sem,
    reliability.reason
from reliability
inner join everybody on reliability.mask = everybody.mask
where
    reliability.icc_a1 > 1 or reliability.icc_ak > 1
    or reliability.icc_a1_low > reliability.icc_a1 or reliability.icc_a1_high < reliability.icc_a1
    or reliability.icc_ak_low > reliability.icc_ak or reliability.icc_ak_high < reliability.icc_ak
    or reliability.sem < 0 or isnan(reliability.icc_a1) or isnan(reliability.sem)
    or (reliability.reason is null and (reliability.icc_a1 is null or reliability.icc_ak is null))
    or reliability.n + reliability.left_out <> everybody.participants
