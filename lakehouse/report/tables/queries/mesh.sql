-- description = "Shape of every triangle on the mean neutral face, or on the first mask there is"

select
    triangle,
    {
        'type': 'Polygon',
        'coordinates': [[[a.x, a.y], [b.x, b.y], [c.x, c.y], [a.x, a.y]]]
    } as geo
from triangles
inner join mean_masks as a on triangles.point_a = a.point
inner join mean_masks as b on triangles.point_b = b.point and a.mask = b.mask
inner join mean_masks as c on triangles.point_c = c.point and a.mask = c.mask
where a.mask = (select min(mask) from mean_masks)
order by triangle
