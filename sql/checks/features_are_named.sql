/*
rule = "every feature is in feature_list, and stands beside its own mask and group everywhere"
violations = [
    "delete from feature_list where feature = 'm05_00_7'",
    "update feature_list set feature = 'm9' where feature = 'm05_00_7'",
    "update feature_list set paper_name = '05-00_6' where feature = 'm05_00_7'",
    "update feature_list set paper_name = null where feature = 'm05_00_7'",
    "update features set group_id = 1 where feature = 'm05_00_7'",
    "update features set supervised = true where feature = 'm05_00_7'",
    "update correlations set mask = '07-01' where feature = 'm05_00_7'",
    "update reliability set expression = 'neutral' where feature = 'm05_00_7'",
]
*/
with found as (
    select distinct
        'features' as relation,
        feature,
        expression,
        supervised,
        mask,
        group_id
    from features
    union all
    select distinct
        'correlations' as relation,
        feature,
        expression,
        supervised,
        mask,
        group_id
    from correlations
    union all
    select distinct
        'reliability' as relation,
        feature,
        expression,
        supervised,
        mask,
        group_id
    from reliability
)

select
    found.relation,
    found.feature
from found
left join feature_list
    on
        found.feature = feature_list.feature
        and found.expression = feature_list.expression
        and found.supervised = feature_list.supervised
        and found.mask = feature_list.mask
        and found.group_id = feature_list.group_id
where feature_list.feature is null
union all
select
    'feature_list' as relation,
    feature
from feature_list
where
    (paper_name is null) <> (grouping in ('measures', 'dynamics'))
    or paper_name <> mask || '_' || group_id
    or feature <> 'm' || replace(paper_name, '-', '_')
