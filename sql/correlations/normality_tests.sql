/*
row = "an instrument or a feature, tested for a normal distribution"
key = ["kind", "name"]
materialized = "table"
internal = true
step = "normality"
note = """
The test is that of Shapiro and Wilk for 3 to 5,000 values, and that of D'Agostino and Pearson for
more, for which the former has no p. With hundreds of participants every small departure from a
normal distribution is significant: look at skewness and kurtosis in distributions."""

[columns]
kind = "shared"
name = "shared"
expression = "shared:expression_or_none"
supervised = "shared:supervised_or_none"
mask = "shared:mask_or_none"
grouping = "shared:grouping_or_none"
group_id = "shared:group_id_or_none"
test = ["text", "shapiro-wilk or dagostino-pearson; null where there is none"]
statistic = ["1", """
    Shapiro and Wilk's W, 1 for a normal sample; or D'Agostino and Pearson's K², 0 for one"""]
p = ["p", "chance of so far a departure in samples from a normal distribution"]
reason = "shared:no_test"
*/
select
    kind,
    name,
    expression,
    supervised,
    mask,
    grouping,
    group_id,
    value
from internal.analysed_values
