-- description = "How alike participants are in showing each mask, with intervals and what chance gives"
-- people = ["participants"]

select
    expression,
    supervised,
    participants,
    resultant_ratio,
    ratio_low,
    ratio_high,
    chance_ratio,
    mean_cosine,
    cosine_low,
    cosine_high,
    dispersion,
    dispersion_low,
    dispersion_high,
    mean_distance
from expression_regularity
where reason is null
order by mask
