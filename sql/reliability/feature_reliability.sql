/*
row = "a feature as the results use it, and how well it would agree with itself"
key = ["grouping", "feature"]
materialized = "table"
export = 212
extra = "statistics"
note = """
A feature is here the distance of the mean mask from the mean neutral face, whatever the setting
statistics.feature says; icc_ck is the reliability of what it calls projected. So photographs are
split, the mask's and the neutral ones, faces are averaged in each half, and then measured. Of three
photographs, one half has one of the mask and two neutral ones, the other half the other two and
one: all nine such splits, which are equally long. The whole is 2.25 times as long as such a half,
because noise has the variance 1/1 + 1/2 in it and 1/3 + 1/3 in the whole. Measures that are a
distance, ratio or angle are averaged over photographs instead.

reliability is the share of the feature's variance that would come again with other photographs of
the same session. Where people tremble differently, trembling comes again too. icc_ck asks for
movement alone: how far points go the way that the other participants go (internal.photo_movements),
which is 0 on average in a face that does not move, however much it trembles. A feature with high
reliability and icc_ck near 0 tells people apart by noise.

Photographs of one session are repetitions, not retests: on another day all of these would be
lower. The features of dynamics_measures are not of photographs, and not here: reliability has
them."""

[columns]
grouping = "shared"
feature = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
group_id = "shared"
photos = ["count", "photographs of each face that most have; null where nobody has two"]
n = ["count", "participants with so many, who enter the halves"]
split_half = "shared"
split_half_low = ["shared:r_low", "null without bootstraps"]
split_half_high = ["shared:r_high_1", "null without bootstraps"]
reliability = "shared:whole_reliability"
reliability_low = ["shared:r_low", "null without bootstraps"]
reliability_high = ["shared:r_high_1", "null without bootstraps"]
bootstraps = ["shared", "null where nobody enters the halves"]
movement_n = "shared"
movement_incomplete = "shared"
icc_ck = "shared"
icc_ck_low = ["shared:r_low", "by the F distribution, exact where nobody has a gap"]
icc_ck_high = "shared:r_high_1"
movement_var_participants = "shared"
movement_var_places = "shared"
movement_var_error = "shared"
reason = ["text", "why something is null; null where nothing is but an interval"]
*/
select
    group_features.grouping,
    group_features.feature,
    group_features.expression,
    group_features.supervised,
    group_features.mask,
    group_features.group_id,
    coalesce(split_halves.photos, movement_components.photos) as photos,
    coalesce(split_halves.n, 0) as n,
    split_halves.split_half,
    split_halves.split_half_low,
    split_halves.split_half_high,
    split_halves.reliability,
    split_halves.reliability_low,
    split_halves.reliability_high,
    split_halves.bootstraps,
    coalesce(movement_components.n, 0) as movement_n,
    coalesce(movement_components.incomplete, 0) as movement_incomplete,
    movement_components.icc_ck,
    movement_components.icc_ck_low,
    movement_components.icc_ck_high,
    movement_components.var_participants as movement_var_participants,
    movement_components.var_places as movement_var_places,
    movement_components.var_error as movement_var_error,
    case
        when coalesce(split_halves.photos, movement_components.photos) is null
            then 'nobody has two photographs of the mask and of the neutral face'
        when coalesce(split_halves.n, 0) < 3
            then 'fewer than 3 participants have that many photographs'
        when split_halves.reliability is null then 'the same for everybody'
        when split_halves.split_half is null then 'halves of the photographs disagree'
        when movement_components.icc_ck is null then 'movement does not differ'
    end as reason
from internal.group_features
left join internal.split_halves
    on
        group_features.grouping = split_halves.grouping
        and group_features.feature = split_halves.feature
left join internal.movement_components
    on
        group_features.grouping = movement_components.grouping
        and group_features.feature = movement_components.feature
where group_features.grouping <> 'dynamics'
