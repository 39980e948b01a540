/*
row = "a group of points in a mask, and the feature that its distances are"
key = ["mask", "grouping", "group_id"]
materialized = "table"
internal = true
note = """
The name of a feature is made here and nowhere else: m, the mask, the group_id, with underscores, so
that it is an identifier in SQL, R, SPSS and Stata. A feature of kmeans6 and the one of the same
name in kmeans6_eyes, of which kmeans6 is the first six groups, are the same."""

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
