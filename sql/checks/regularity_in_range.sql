/*
rule = """
the mean face moves no farther than faces do on average, cosines lie between -1 and 1, and every
mask that has distances has its regularity"""
violations = [
    "delete from expression_regularity where mask = '05-00'",
    "update expression_regularity set participants = 3",
    "update expression_regularity set resultant_ratio = 1.1",
    "update expression_regularity set chance_ratio = 1.1",
    "update expression_regularity set mean_cosine = -1.1",
    "update expression_regularity set mean_distance = 1",
    "update expression_regularity set ratio_low = ratio_high + 1",
    "update expression_regularity set cosine_low = cosine_high + 1",
    "update expression_regularity set dispersion_low = 1e9",
]
*/
select
    mask_averages.mask,
    expression_regularity.resultant_ratio,
    expression_regularity.chance_ratio,
    expression_regularity.mean_cosine
from mask_averages
left join expression_regularity on mask_averages.mask = expression_regularity.mask
where
    mask_averages.participants > 0
    and (
        expression_regularity.participants is null
        or expression_regularity.participants <> mask_averages.participants
        or abs(expression_regularity.mean_distance - mask_averages.mean_distance) > 1e-6
        or expression_regularity.resultant_ratio > 1 + 1e-9
        or expression_regularity.chance_ratio > 1 + 1e-9
        or expression_regularity.ratio_low > expression_regularity.ratio_high
        or abs(expression_regularity.mean_cosine) > 1 + 1e-9
        or expression_regularity.cosine_low > expression_regularity.cosine_high
        or expression_regularity.dispersion_low > expression_regularity.dispersion_high
    )
