/*
row = "a feature, and how well one photograph, or the mean of all, tells people apart"
key = ["grouping", "feature"]
materialized = "table"
export = 210
step = "intraclass"
note = """
Computed from photo_group_distances, and of measures from photo_measures, a table of participants ×
photographs: two-way, absolute agreement (McGraw and Wong 1996). Of dynamics_measures, trials stand
in the place of photographs. The number of photographs is the
one that most participants have, two at least: participants with fewer are left out, and of those
with more the first ones enter.

This is how well photographs agree: how many to take, and what one is worth. It is not the
reliability of the features of the results, which compare mean faces instead of averaging distances;
near the noise the two differ much, and feature_reliability has theirs. Photographs of one session
are repetitions, not retests, so sdc is too small for changes between visits."""

[columns]
grouping = "shared"
feature = "shared"
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
group_id = "shared"
n = ["count", "participants who enter"]
left_out = ["count", """
    participants with the mask who have too few photographs of it or of the neutral face"""]
photos = ["count", "photographs of each; null where nobody has two"]
mean_distance = ["aligned px", "mean over participants and photographs"]
icc_a1 = ["1", "ICC(A,1), of a single photograph: 1 perfect, around 0 none"]
icc_a1_low = ["1", "lower end of its 95 % confidence interval"]
icc_a1_high = ["1", "upper end"]
icc_ak = ["1", """
    ICC(A,k), of the mean of the photographs; null where people differ so little that it does
    not exist"""]
icc_ak_low = ["1", "lower end of its 95 % confidence interval; null where it has no limit"]
icc_ak_high = ["1", "upper end; null where it has no limit"]
sem = ["aligned px", """
    standard error of measurement of a single photograph: standard deviation of a person's
    photographs about the person's own mean, over all persons"""]
sdc = ["aligned px", """
    smallest detectable change: two photographs of a person differ by less in 95 of 100 cases;
    1.96 √2 sem"""]
ms_participants = ["aligned px²", "mean square of the participants, n - 1 degrees of freedom"]
ms_photos = ["aligned px²", """
    mean square of the photographs' places: whether the first differ from the last; photos - 1
    degrees of freedom"""]
ms_error = ["aligned px²", "mean square of the rest, (n - 1) (photos - 1) degrees of freedom"]
reason = "shared:why_null"
*/
with measured as (
    -- Distances of groups by photograph, and changes of measures.
    select
        grouping,
        mask,
        group_id,
        participant,
        place,
        mean_distance
    from internal.photo_group_distances
    union all
    select
        'measures' as grouping,
        photo_measures.mask,
        measure_definitions.group_id,
        photo_measures.participant,
        photo_measures.place,
        photo_measures.change as mean_distance
    from photo_measures
    inner join measure_definitions on photo_measures.measure = measure_definitions.measure
    where photo_measures.place is not null
    union all
    select
        'dynamics' as grouping,
        mask,
        group_id,
        participant,
        place,
        value as mean_distance
    from internal.trial_measures
),

counted as (
    -- Distances by photograph, numbered within participant, and how many photographs each
    -- participant has.
    select
        grouping,
        mask,
        group_id,
        participant,
        mean_distance,
        row_number() over (
            partition by grouping, mask, group_id, participant order by place
        ) as place,
        count(*) over (partition by grouping, mask, group_id, participant) as photos
    from measured
    where mean_distance is not null
),

by_photos as (
    -- The numbers of photographs, that of most participants first.
    select
        grouping,
        mask,
        group_id,
        photos,
        row_number() over (
            partition by grouping, mask, group_id
            order by count(distinct participant) desc, photos desc
        ) as preference
    from counted
    where photos > 1
    group by grouping, mask, group_id, photos
),

chosen as (
    -- The number that counts.
    select
        grouping,
        mask,
        group_id,
        photos
    from by_photos
    where preference = 1
),

balanced as (
    -- The table without gaps: everybody with enough photographs, and the first ones of these; with
    -- the means of the analysis of variance.
    select
        counted.grouping,
        counted.mask,
        counted.group_id,
        counted.participant,
        chosen.photos,
        counted.mean_distance as value,
        avg(counted.mean_distance) over (
            partition by counted.grouping, counted.mask, counted.group_id
        ) as grand_mean,
        avg(counted.mean_distance) over (
            partition by counted.grouping, counted.mask, counted.group_id, counted.participant
        ) as participant_mean,
        avg(counted.mean_distance) over (
            partition by counted.grouping, counted.mask, counted.group_id, counted.place
        ) as place_mean
    from counted
    inner join chosen
        on
            counted.grouping = chosen.grouping
            and counted.mask = chosen.mask
            and counted.group_id = chosen.group_id
    where counted.photos >= chosen.photos and counted.place <= chosen.photos
),

sums as (
    -- Sums of squares for participants, places of photographs, and what is left.
    select
        grouping,
        mask,
        group_id,
        max(photos) as photos,
        count(distinct participant) as n,
        avg(value) as mean_distance,
        sum(power(participant_mean - grand_mean, 2)) as participants_sum,
        sum(power(place_mean - grand_mean, 2)) as photos_sum,
        sum(power(value - participant_mean - place_mean + grand_mean, 2)) as error_sum
    from balanced
    group by grouping, mask, group_id
),

everybody as (
    -- How many participants have the mask.
    select
        grouping,
        mask,
        group_id,
        count(distinct participant) as participants
    from measured
    group by grouping, mask, group_id
)

-- Mean squares: the sums over their degrees of freedom.
select
    everybody.grouping,
    group_features.feature,
    group_features.expression,
    group_features.supervised,
    everybody.mask,
    everybody.group_id,
    cast(coalesce(sums.n, 0) as integer) as n,
    cast(everybody.participants - coalesce(sums.n, 0) as integer) as left_out,
    cast(sums.photos as integer) as photos,
    sums.mean_distance,
    sums.participants_sum / nullif(sums.n - 1, 0) as ms_participants,
    sums.photos_sum / (sums.photos - 1) as ms_photos,
    sums.error_sum / nullif((sums.n - 1) * (sums.photos - 1), 0) as ms_error
from everybody
inner join internal.group_features
    on
        everybody.grouping = group_features.grouping
        and everybody.mask = group_features.mask
        and everybody.group_id = group_features.group_id
left join sums
    on
        everybody.grouping = sums.grouping
        and everybody.mask = sums.mask
        and everybody.group_id = sums.group_id
