/*
row = "a feature, and what it is called"
key = ["feature"]
materialized = "table"
export = 65
source = "paper, table 1 (paper_name)"

[columns]
feature = ["id", """
    m, mask and group_id, such as m05_00_5, or the measure's name, such as m07_00_mouth_opening: an
    identifier in SQL, R, SPSS and Stata"""]
paper_name = ["text", "as the paper writes it, such as 05-00_5; null of what it does not have"]
label_en = ["text", """
    such as happiness without cue, left corner of the mouth; after it the way of measuring, where
    statistics.feature is not distance"""]
label_pt = ["text", "the same in Portuguese"]
expression = "shared"
supervised = "shared"
condition = ["text", "unsupervised or supervised"]
mask = ["shared", "never 00-00"]
grouping = "shared"
group_id = "shared"
points = ["count", """
    points of the group, in the mean of whose distances the feature consists, or of the measure"""]
*/
select
    group_features.feature,
    case
        when group_features.grouping not in ('measures', 'dynamics')
            then group_features.mask || '_' || group_features.group_id
    end as paper_name,
    expressions.label_en
    || case when group_features.supervised then ' with cue, ' else ' without cue, ' end
    || group_names.name_en
    || case
        when group_features.grouping = 'dynamics' then ''
        when settings.statistics_feature = 'projected' then ', projected'
        when settings.statistics_feature = 'squared_unbiased' then ', squared without noise'
        else ''
    end as label_en,
    coalesce(expressions.label_pt, expressions.label_en)
    || case when group_features.supervised then ' com pista, ' else ' sem pista, ' end
    || group_names.name_pt
    || case
        when group_features.grouping = 'dynamics' then ''
        when settings.statistics_feature = 'projected' then ', projetado'
        when settings.statistics_feature = 'squared_unbiased' then ', ao quadrado sem ruído'
        else ''
    end as label_pt,
    group_features.expression,
    group_features.supervised,
    case when group_features.supervised then 'supervised' else 'unsupervised' end as condition,
    group_features.mask,
    group_features.grouping,
    group_features.group_id,
    group_names.points
from internal.group_features
inner join expressions on group_features.expression = expressions.expression
inner join group_names
    on
        group_features.grouping = group_names.grouping
        and group_features.group_id = group_names.group_id
cross join settings
where
    group_features.grouping in (
        'kmeans' || settings.clusters_k || '_eyes', 'measures', 'dynamics'
    )
