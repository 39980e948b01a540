-- description = "Whether those who are left out differ from those who are included"
-- people = ["included_n", "excluded_n", "included_of_category", "excluded_of_category"]
-- rests = [["included_n", "included_of_category"], ["excluded_n", "excluded_of_category"]]

select
    kind,
    name,
    category,
    included_n,
    excluded_n,
    cast(nullif(round(included_share * included_n), 0) as integer) as included_of_category,
    cast(nullif(round(excluded_share * excluded_n), 0) as integer) as excluded_of_category,
    included_mean,
    excluded_mean,
    included_share,
    excluded_share,
    difference,
    coalesce(welch_p, fisher_p) as p
from exclusion_balance
where difference is not null
order by kind desc, abs(difference) desc, name asc, category asc
