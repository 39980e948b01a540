/*
row = "a point of one participant's face for one expression and condition: the mean of its photographs"
key = ["participant", "expression", "supervised", "point"]
materialized = "view"
source = "paper, section 3.2.1 (draw_triangles.py)"

[columns]
participant = ["id", "text, leading zeros kept"]
expression = ["id", "lower-case word"]
supervised = ["flag", "true where an emoji was shown as cue"]
mask = ["id", "label of expression and condition, such as 05-00"]
point = ["id", "0-467 face mesh, 468-477 irises"]
x = ["aligned px", "to the right on the canvas, 2500 wide"]
y = ["aligned px", "downwards on the canvas, 1900 high"]
z = ["aligned px", "depth behind the forehead (point 10; under procrustes that of the canonical face)"]
photos = ["count", "photographs in the mean"]
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
from cell_points
inner join cells on cell_points.cell_index = cells.cell_index
