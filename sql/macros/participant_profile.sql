/*
gives = "how far one participant's points above average move in every mask, beside everybody's"
example = "select * from participant_profile('0001') order by mask"
kind = "table"

[parameters]
of_participant = "shared:participant"
*/
with everybody as (
    select
        participant,
        expression,
        supervised,
        mask,
        mean_distance,
        avg(mean_distance) over (partition by mask) as mean_of_all,
        stddev_samp(mean_distance) over (partition by mask) as sd_of_all,
        rank() over (partition by mask order by mean_distance desc) as place
    from pav_mask_means
)

select
    expression,
    supervised,
    mask,
    mean_distance,
    mean_of_all,
    (mean_distance - mean_of_all) / nullif(sd_of_all, 0) as z_score,
    cast(place as integer) as place
from everybody
where participant = of_participant
