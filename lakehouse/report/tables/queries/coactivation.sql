-- description = "How the eyes narrow where the corners of the mouth rise, in happiness"
-- people = ["n"]

select
    condition,
    side,
    n,
    corner_rise,
    eye_narrowing,
    spearman_r,
    spearman_low,
    spearman_high,
    spearman_p,
    slope,
    slope_low,
    slope_high,
    slope_p,
    regression_n,
    adjusted_for,
    residual_sd,
    r_squared
from smile_coactivation
where spearman_r is not null or slope is not null
order by condition desc, side asc
