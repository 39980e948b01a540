/*
row = "a statistic of all specifications together"
key = ["curve", "statistic"]
materialized = "table"
note = """
Empty until `lakehouse multiverse` has run. Under permutation the scores of the participants are put
in the same random orders in all specifications (Simonsohn, Simmons and Nelson 2020)."""

[columns]
curve = ["text", "strongest, or a hypothesis as in specification_hypotheses"]
statistic = ["text", """
    median: size of the median over the specifications of r √(df + 1), of which |r| for the
    strongest; share_significant: share of the specifications with p < 0.05 in the direction of
    most of those"""]
specifications = ["count", "that have a correlation"]
observed = ["1", "the statistic; null where no specification has a correlation"]
expected = ["1", "its mean over the permutations; null without any"]
high = ["1", "its 95th percentile over the permutations; null without any"]
p = ["p", """
    chance of so large a statistic where scores and features are unrelated; null without
    permutations"""]
permutations = "shared"
*/
select
    curve,
    statistic,
    specifications,
    observed,
    expected,
    high,
    p,
    permutations
from source_specification_curve
