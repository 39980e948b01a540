/*
row = "a number of groups into which the points above average could be put"
key = ["k"]
materialized = "table"
export = 250
extra = "statistics"
step = "choose_clusters"
source = "paper, section 3.2.3 (its number of groups, six)"
note = """
The table compares 2 to 12 groups, whatever clusters.k is; fewer where fewer points differ in place,
and none where fewer than three points are above average.

The query gives every participant's distances and neutral faces. The Python step draws participants
with replacement and repeats the whole chain for each draw: point averages per mask, points above
average, their places in the mean neutral face, k-means. The number of draws, and the number of
reference clouds behind the gap statistic, is a tenth of the setting statistics.bootstraps.

Starts of k-means end in different places, and the best of them counts. Five seeds or more, each
with clusters.starts starts, show how often a start ends in the best place that any of them found,
and whether another seed would have made other groups. Draws and clouds are grouped with ten starts
at most, and the points too where they are compared with clouds: stability is rather too low.

Tibshirani's rule takes the smallest number of groups on which one group more improves by no more
than gap_se. Where the rule takes a single group, no row has gap_chosen."""

[columns]
k = ["count", "groups"]
chosen = ["flag", "true for the setting clusters.k, by which pav_groups are made"]
points = ["count", "points above average that are grouped"]
inertia = ["aligned px²", """
    squares of the points' distances to their group's centroid, summed, of the groups that
    clusters.seed and clusters.starts make: what k-means makes small"""]
best_inertia = ["aligned px²", "the smallest that any start of any seed found"]
starts = ["count", "starts of all seeds together"]
starts_at_best = ["share", "of all starts, those that ended at best_inertia"]
seeds = ["count", """
    clusters.seed and those that follow it: so many that there are 1500 starts, at least 5 and at
    most 50"""]
seed_agreement = ["1", """
    adjusted Rand index between the groups and those that another seed makes, mean over the other
    seeds: 1 where the seed does not matter"""]
seed_agreement_low = ["1", "the lowest of them"]
silhouette = ["1", """
    mean over the points: near 1 where groups lie well apart, 0 where they touch, below 0 where
    points lie nearer to another group"""]
gap = ["1", """
    gap statistic of Tibshirani, Walther and Hastie: how much tighter the groups are than those
    of clouds without groups, which are spread evenly over the box along the points' principal
    axes; natural logarithm"""]
gap_se = ["1", "standard error of gap, from the spread and the number of the clouds"]
gap_rise = ["1", """
    gap less the gap with one group fewer (a single group for k = 2): what the last group adds"""]
gap_chosen = ["flag", "true for the number that Tibshirani's rule takes; null without clouds"]
clouds = ["count", "number of clouds without groups that were drawn"]
stability = ["1", """
    adjusted Rand index between these groups and those of other draws of participants, mean over
    the draws: 1 always the same groups, 0 no more alike than by chance; over the points that
    are above average in both"""]
stability_low = ["1", "2.5th percentile over the draws"]
stability_high = ["1", "97.5th percentile over the draws"]
resamples = ["count", "draws that left enough points for so many groups"]
pav_overlap = ["share", """
    points above average both here and in a draw, over those above average in either; mean over
    all draws, the same for every k; the adjusted Rand index does not see the others"""]
reason = ["text", "why there is no gap or no stability; null where there are both"]
*/
with everybody as (
    select distinct participant
    from internal.cells
),

numbered_people as (
    select
        participant,
        cast(row_number() over (order by participant) as integer) as person
    from everybody
),

masks_there as (
    select distinct mask
    from internal.cells
),

numbered_masks as (
    select
        mask,
        cast(row_number() over (order by mask) as integer) as mask_number
    from masks_there
),

numbered as (
    -- Small numbers instead of names, because there are millions of rows.
    select
        cells.cell_index,
        cells.mask,
        numbered_people.person,
        numbered_masks.mask_number
    from internal.cells
    inner join numbered_people on cells.participant = numbered_people.participant
    inner join numbered_masks on cells.mask = numbered_masks.mask
),

neutral as (
    select
        numbered.cell_index,
        numbered.person,
        numbered.mask_number
    from numbered
    inner join mask_labels on numbered.mask = mask_labels.mask
    inner join expressions on mask_labels.expression = expressions.expression
    where expressions.code = '00'
),

people as (
    select distinct numbered.person
    from internal.analysed_distances
    inner join numbered on analysed_distances.cell_index = numbered.cell_index
    where analysed_distances.point = 0
),

neutral_points as (
    select
        neutral.person,
        neutral.mask_number,
        cell_points.point,
        cell_points.x,
        cell_points.y
    from internal.cell_points
    inner join neutral on cell_points.cell_index = neutral.cell_index
    where cell_points.point < 468
)

select
    numbered.person,
    numbered.mask_number,
    analysed_distances.point,
    analysed_distances.distance,
    cast(null as double) as x,
    cast(null as double) as y
from internal.analysed_distances
inner join numbered on analysed_distances.cell_index = numbered.cell_index
union all
select
    person,
    mask_number,
    point,
    cast(null as double) as distance,
    x,
    y
from neutral_points
union all
-- Where nobody has a neutral face, the one that stands for it is everybody's.
select
    people.person,
    0 as mask_number,
    reference_faces.point,
    cast(null as double) as distance,
    reference_faces.x,
    reference_faces.y
from internal.reference_faces
cross join people
where
    reference_faces.neutral_index = 0
    and reference_faces.point < 468
    -- Not of neutral_points: for that the engine waits without end where it has millions of rows.
    and not exists (select 1 from neutral)
