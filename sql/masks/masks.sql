/*
row = """
a point of one participant's face for one expression and condition: the mean of its photographs"""
key = ["participant", "expression", "supervised", "point"]
materialized = "view"
source = "paper, section 3.2.1 (draw_triangles.py)"

[columns]
participant = "shared"
expression = "shared"
supervised = "shared"
mask = "shared"
point = "shared:any_point"
x = "shared"
y = "shared"
z = "shared"
photos = "shared"
*/
select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    cell_points.point,
    cell_points.x,
    cell_points.y,
    cell_points.z,
    cell_points.photos
from internal.cell_points
inner join internal.cells on cell_points.cell_index = cells.cell_index
