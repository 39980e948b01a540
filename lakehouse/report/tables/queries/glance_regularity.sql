-- description = "How alike people show each mask, the most alike first"
-- people = ["participants"]

select
    expression,
    supervised,
    participants,
    mean_cosine,
    cosine_low,
    cosine_high
from expression_regularity
order by mean_cosine desc nulls last, mask asc
