/*
row = "a point that the alignment procrustes fits, and where it lies in the canonical face"
key = ["point"]
materialized = "table"
source = """
the pinned face model: procrustes_landmark_basis and canonical_mesh in
geometry_pipeline_metadata_landmarks.binarypb, which lies in face_landmarker.task"""
note = """
MediaPipe chose points that expressions move little, and weighted them. The forehead (10) is among
them, the chin (152) is not; but two points lie on the jaw (136, 365) and have 13 % of the weight,
so a dropped jaw affects the fit a little. The canonical face is brought to the canvas: forehead to
chin is 1500 and the forehead lies at (1250, 25). y and z change sign, because in the model y points
up and z towards the camera."""

[columns]
point = "shared"
weight = ["1", "how much the point counts, as in the model; all together 1.055"]
x = ["aligned px", "to the right on the canvas"]
y = ["aligned px", "downwards on the canvas"]
z = ["aligned px", "depth behind the canonical forehead"]
upper = ["flag", """
    true above the tip of the nose (point 4): forehead, temples, eyes, cheekbones and bridge of
    the nose"""]
*/
with listed as (
    -- Weights and places as in the model, in its centimetres.
    select
        cast(canonical.point as smallint) as point,
        cast(canonical.weight as double) as weight,
        cast(canonical.x as double) as x,
        cast(canonical.y as double) as y,
        cast(canonical.z as double) as z
    from (
        values
        (4, 0.07090994, 0.000000, -0.463170, 7.586580),
        (6, 0.032100145, 0.000000, 2.473255, 5.788627),
        (10, 0.008446551, 0.000000, 8.261778, 4.481535),
        (33, 0.05872417, -4.445859, 2.663991, 3.173422),
        (54, 0.00766708, -6.279331, 6.615427, 1.425850),
        (67, 0.009078059, -3.523964, 8.005976, 3.729163),
        (117, 0.009791938, -5.258659, 0.945811, 2.974312),
        (119, 0.014565368, -3.300681, 0.861641, 3.872784),
        (121, 0.018591361, -1.820731, 1.467954, 4.224124),
        (127, 0.0051979944, -7.743095, 2.364999, -2.005167),
        (129, 0.120625205, -1.785794, -0.978284, 4.850470),
        (132, 0.0055600186, -7.270895, -2.890917, -2.252455),
        (133, 0.053286184, -1.856432, 2.585245, 3.757904),
        (136, 0.066890456, -5.085276, -7.178590, 0.714711),
        (143, 0.014816548, -6.407571, 2.236021, 1.560843),
        (147, 0.014262834, -6.234883, -1.944430, 1.663542),
        (198, 0.025462192, -1.246815, 0.230297, 5.681036),
        (205, 0.04725228, -3.832928, -1.537326, 4.137731),
        (263, 0.05872417, 4.445859, 2.663991, 3.173422),
        (284, 0.00766708, 6.279331, 6.615427, 1.425850),
        (297, 0.009078059, 3.523964, 8.005976, 3.729163),
        (346, 0.009791938, 5.258659, 0.945811, 2.974312),
        (348, 0.014565368, 3.300681, 0.861641, 3.872784),
        (350, 0.018591361, 1.820731, 1.467954, 4.224124),
        (356, 0.0051979944, 7.743095, 2.364999, -2.005167),
        (358, 0.120625205, 1.785794, -0.978284, 4.850470),
        (361, 0.0055600186, 7.270895, -2.890917, -2.252455),
        (362, 0.053286184, 1.856432, 2.585245, 3.757904),
        (365, 0.066890456, 5.085276, -7.178590, 0.714711),
        (372, 0.014816548, 6.407571, 2.236021, 1.560843),
        (376, 0.014262834, 6.234883, -1.944430, 1.663542),
        (420, 0.025462192, 1.246815, 0.230297, 5.681036),
        (425, 0.04725228, 3.832928, -1.537326, 4.137731)
    ) as canonical (point, weight, x, y, z)
),

placed as (
    -- Brought to the canvas. Forehead (10) and chin (152) of the canonical face lie on its middle
    -- line, at y 8.261778 and -9.403378; the depth of its forehead is 4.481535.
    select
        point,
        weight,
        1250.0 + x * (1500.0 / (8.261778 + 9.403378)) as x,
        25.0 + (8.261778 - y) * (1500.0 / (8.261778 + 9.403378)) as y,
        (4.481535 - z) * (1500.0 / (8.261778 + 9.403378)) as z
    from listed
)

select
    placed.point,
    placed.weight,
    placed.x,
    placed.y,
    placed.z,
    placed.y < nose.y as upper
from placed
inner join placed as nose on nose.point = 4
