/*
row = "an instrument or a feature, tested for a normal distribution"
key = ["kind", "name"]
materialized = "table"
step = "normality"
note = "Shapiro and Wilk's test of 3 to 5,000 values, D'Agostino and Pearson's of more, for which the former has no p. Hundreds of participants make every small departure significant: look at skewness and kurtosis in distributions."

[columns]
kind = ["id", "instrument or feature"]
name = ["id", "the instrument, or the feature as in features"]
test = ["text", "shapiro-wilk or dagostino-pearson; null where there is none"]
statistic = ["1", "Shapiro and Wilk's W, 1 for a normal sample; or D'Agostino and Pearson's K², 0 for one"]
p = ["p", "chance of so far a departure in samples from a normal distribution"]
reason = ["text", "why there is no test; null where there is one"]
*/
select
    kind,
    name,
    value
from analysed_values
