-- description = "Whether the strongest correlation is stronger than by chance, over all specifications"

select
    specifications,
    observed,
    expected,
    p
from specification_curve
where curve = 'strongest' and statistic = 'median' and p is not null
order by specifications
