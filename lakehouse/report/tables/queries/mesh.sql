-- description = "Shape of every triangle on the mean neutral face, or on the first mask there is"

select
    triangles.triangle,
    {
        'type': 'Polygon',
        'coordinates': [[
            [round(a.x, 1), round(a.y, 1)],
            [round(b.x, 1), round(b.y, 1)],
            [round(c.x, 1), round(c.y, 1)],
            [round(a.x, 1), round(a.y, 1)]
        ]]
    } as geo
from triangles
inner join mean_masks as a on triangles.point_a = a.point
inner join mean_masks as b on triangles.point_b = b.point and a.mask = b.mask
inner join mean_masks as c on triangles.point_c = c.point and a.mask = c.mask
where a.mask = (select min(first.mask) from mean_masks as first)
order by triangles.triangle
