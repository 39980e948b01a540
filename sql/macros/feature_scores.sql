/*
gives = """
one feature beside one score, a row per participant that has both: the points of a scatter plot"""
example = "select corr(value, score) from feature_scores('m05_00_2', 'dbi')"
kind = "table"

[parameters]
of_feature = ["id", "as in features, such as m05_00_2"]
of_instrument = "shared:instrument"
*/
select
    features.participant,
    features.value,
    scores.score
from features
inner join scores on features.participant = scores.participant
where
    features.feature = of_feature
    and scores.instrument = of_instrument
    and scores.score is not null
