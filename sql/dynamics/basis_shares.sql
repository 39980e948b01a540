/*
row = "a point of procrustes_basis, relative to the weighted centre of all"
key = ["point"]
materialized = "ephemeral"
note = """
What the fit of photo_anchors needs of the canonical face: with p in the picture and q here, both
relative to their centres, it is q = a p with a = sum(share conj(p) q) / sum(share |p|^2)."""

[columns]
point = "shared"
share = ["1", "its part of all weights"]
x = ["aligned px", "to the right of the centre"]
y = ["aligned px", "below the centre"]
centre_x = ["aligned px", "the centre on the canvas"]
centre_y = ["aligned px", "the centre on the canvas"]
centre_z = ["aligned px", "depth of the centre"]
points = ["count", "points of the basis"]
*/
with centre as (
    select
        count(*) as points,
        sum(weight) as weight,
        sum(weight * x) / sum(weight) as x,
        sum(weight * y) / sum(weight) as y,
        sum(weight * z) / sum(weight) as z
    from procrustes_basis
)

select
    procrustes_basis.point,
    procrustes_basis.weight / centre.weight as share,
    procrustes_basis.x - centre.x as x,
    procrustes_basis.y - centre.y as y,
    centre.x as centre_x,
    centre.y as centre_y,
    centre.z as centre_z,
    centre.points
from procrustes_basis
cross join centre
