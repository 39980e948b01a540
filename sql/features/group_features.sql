/*
row = "a group of points, or a measure, in a mask, and the feature that it is"
key = ["mask", "grouping", "group_id"]
materialized = "table"
internal = true
note = """
The name of a feature is made here and nowhere else: m, the mask, the group_id, with underscores, so
that it is an identifier in SQL, R, SPSS and Stata. A feature of kmeans6 and the one of the same
name in kmeans6_eyes, of which kmeans6 is the first six groups, are the same. That of a measure has
the measure's name in the place of the number, such as m07_00_mouth_opening; and so has that of a
movement's course, such as m05_00_onset_mouth."""

[columns]
feature = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
grouping = "shared"
group_id = "shared"
*/
select distinct
    'm' || replace(mask, '-', '_') || '_' || group_id as feature,
    expression,
    supervised,
    mask,
    grouping,
    group_id
from group_distances
union all
select distinct
    'm' || replace(measures.mask, '-', '_') || '_' || measures.measure as feature,
    measures.expression,
    measures.supervised,
    measures.mask,
    'measures' as grouping,
    measure_definitions.group_id
from measures
inner join measure_definitions on measures.measure = measure_definitions.measure
union all
select distinct
    'm' || replace(dynamics_values.mask, '-', '_') || '_' || dynamics_measures.name as feature,
    dynamics_values.expression,
    dynamics_values.supervised,
    dynamics_values.mask,
    'dynamics' as grouping,
    dynamics_values.group_id
from internal.dynamics_values
inner join dynamics_measures on dynamics_values.group_id = dynamics_measures.group_id
