/*
row = "a mesh point of a mask, averaged over the participants"
key = ["mask", "point"]
materialized = "table"
export = 120
source = "paper, section 3.2.2, figures 7 and 8"

[columns]
expression = "shared"
supervised = "shared"
mask = ["shared", "never 00-00"]
point = "shared"
mean_distance = "shared"
sd_distance = ["aligned px", "standard deviation over the participants; null for one participant"]
participants = "shared"
above_average = ["flag", "true where mean_distance is greater than its mean over the mask's points"]
*/
with averaged as (
    select
        cells.mask,
        analysed_distances.point,
        avg(analysed_distances.distance) as mean_distance,
        stddev_samp(analysed_distances.distance) as sd_distance,
        cast(count(analysed_distances.distance) as integer) as participants
    from internal.analysed_distances
    inner join internal.cells on analysed_distances.cell_index = cells.cell_index
    group by cells.mask, analysed_distances.point
)

select
    mask_labels.expression,
    mask_labels.supervised,
    averaged.mask,
    averaged.point,
    averaged.mean_distance,
    averaged.sd_distance,
    averaged.participants,
    averaged.mean_distance > avg(averaged.mean_distance) over (
        partition by averaged.mask
    ) as above_average
from averaged
inner join mask_labels on averaged.mask = mask_labels.mask
