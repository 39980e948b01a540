/*
row = "a score, or a covariate or one of its categories: the tests of exclusion_balance"
key = ["kind", "name", "category"]
materialized = "table"
internal = true
step = "compare_excluded"
note = """
exclusion_balance shows these values. The query gives everybody's values. The Python step compares
those of the included participants with those of everybody else."""

[columns]
kind = "shared:balance_kind"
name = "shared:balance_name"
category = "shared:balance_category"
welch_p = "shared"
mann_whitney_p = "shared"
fisher_p = "shared"
reason = "shared:nothing_to_compare"
*/
select
    kind,
    name,
    category,
    categorical,
    included,
    value
from balance_values
