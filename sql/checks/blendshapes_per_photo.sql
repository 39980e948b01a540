/*
rule = """
a photograph has 52 blendshapes or, where its landmarks were imported or it has no face, none;
scores lie between 0 and 1"""
violations = [
    "delete from blendshapes where blendshape = 'browInnerUp'",
    "update blendshapes set score = 1.01 where blendshape = 'browInnerUp'",
    "update blendshapes set score = -0.1 where blendshape = 'browInnerUp'",
    "update blendshapes set score = null where blendshape = 'browInnerUp'",
]
*/
select
    participant,
    expression,
    supervised,
    photo,
    count(*) as blendshapes,
    min(score) as least,
    max(score) as greatest
from blendshapes
group by participant, expression, supervised, photo
having count(*) <> 52 or min(score) < 0 or max(score) > 1 or count(score) <> 52
