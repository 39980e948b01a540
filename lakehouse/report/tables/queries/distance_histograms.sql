-- description = "How many participants' points above average move how far on average, in every mask"
-- people = ["participants"]

with averaged as (
    select
        mask,
        avg(mean_distance) as mean_of_mask
    from pav_mask_means
    group by mask
)

select
    mask_labels.expression,
    mask_labels.supervised,
    mask_histograms.low,
    mask_histograms.high,
    mask_histograms.participants,
    averaged.mean_of_mask
from mask_histograms
inner join mask_labels on mask_histograms.mask = mask_labels.mask
inner join averaged on mask_histograms.mask = averaged.mask
where mask_histograms.participants > 0
order by mask_histograms.mask, mask_histograms.bin
