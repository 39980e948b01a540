/*
row = "a mesh point of a participant's mask, and how far it lies from the same point of the participant's neutral face (00-00)"
key = ["participant", "expression", "supervised", "point"]
materialized = "view"
source = "paper, section 3.2.2, figure 7"

[columns]
participant = ["id", "text, leading zeros kept"]
expression = ["id", "lower-case word"]
supervised = ["flag", "true where an emoji was shown as cue"]
mask = ["id", "label of expression and condition, such as 05-00; never 00-00"]
point = ["id", "0-467 face mesh"]
distance = ["aligned px", "Euclidean, in the image plane"]
distance_3d = ["aligned px", "Euclidean, with depth; null where the landmarks came without"]
dx = ["aligned px", "to the right"]
dy = ["aligned px", "downwards"]
dz = ["aligned px", "away from the camera"]
*/
select
    cells.participant,
    cells.expression,
    cells.supervised,
    cells.mask,
    cell_displacements.point,
    cell_displacements.distance,
    cell_displacements.distance_3d,
    cell_displacements.dx,
    cell_displacements.dy,
    cell_displacements.dz
from cell_displacements
inner join cells on cell_displacements.cell_index = cells.cell_index
