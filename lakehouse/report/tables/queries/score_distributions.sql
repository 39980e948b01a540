-- description = "Mean, spread and shape of each questionnaire's scores"
-- people = ["n"]

select
    distributions.name as instrument,
    distributions.n,
    distributions.mean,
    distributions.sd,
    distributions.median,
    distributions.skewness,
    distributions.kurtosis,
    distributions.floor_value,
    distributions.ceiling_value
from distributions
where distributions.kind = 'instrument' and distributions.n > 0
order by distributions.name
