/*
row = "a range of distances, and how many participants' masks fall in it"
key = ["mask", "bin"]
materialized = "table"
note = """
The distances are those of pav_mask_means: how far a participant's points above average moved on
average. There are twenty bins of equal width from 0 to the largest mean of any mask. They are the
same in every mask, so that masks can be laid over each other. The last bin includes its upper
end."""

[columns]
mask = ["shared", "never 00-00"]
bin = ["id", "number of the bin, from 0"]
low = ["aligned px", "lower end, belongs to the bin"]
high = ["aligned px", "upper end, belongs to the next bin"]
participants = ["count", "participants whose mean falls into the bin"]
*/
with bins as (
    select unnest([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]) as bin
),

widths as (
    select max(mean_distance) / 20 as width
    from pav_mask_means
),

masks_found as (
    select distinct mask
    from pav_mask_means
    where mean_distance is not null
),

placed as (
    select
        pav_mask_means.mask,
        -- Where nothing moved at all there is no width, and everybody is in the first bin.
        case
            when widths.width > 0
                then least(floor(pav_mask_means.mean_distance / widths.width), 19)
            else 0
        end as bin
    from pav_mask_means
    cross join widths
    where pav_mask_means.mean_distance is not null
)

select
    masks_found.mask,
    cast(bins.bin as integer) as bin,
    bins.bin * widths.width as low,
    (bins.bin + 1) * widths.width as high,
    cast(count(placed.bin) as integer) as participants
from masks_found
cross join bins
cross join widths
left join placed on masks_found.mask = placed.mask and bins.bin = placed.bin
group by masks_found.mask, bins.bin, widths.width
