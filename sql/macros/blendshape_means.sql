/*
gives = """
the mean score of one of the landmarker's blendshapes, for every participant, expression and
condition"""
example = "select expression, avg(mean_score) from blendshape_means('jawOpen') group by expression"
kind = "table"

[parameters]
of_blendshape = ["id", "as in blendshapes, such as jawOpen"]
*/
select
    participant,
    expression,
    supervised,
    avg(score) as mean_score,
    cast(count(*) as integer) as photos
from blendshapes
where blendshape = of_blendshape
group by participant, expression, supervised
