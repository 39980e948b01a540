/*
row = "a point that the alignment procrustes fits, and where it lies in the canonical face"
key = ["point"]
materialized = "table"
source = """
the pinned face model: procrustes_landmark_basis in geometry_pipeline_metadata_landmarks.binarypb,
which lies in face_landmarker.task"""
note = """
MediaPipe chose points that expressions move little, and weighted them. The forehead (10) is among
them, the chin (152) is not; but two points lie on the jaw (136, 365) and have 13 % of the weight,
so a dropped jaw affects the fit a little. The places are those of canonical_face."""

[columns]
point = "shared"
weight = ["1", "how much the point counts, as in the model; all together 1.055"]
x = ["aligned px", "to the right on the canvas"]
y = ["aligned px", "downwards on the canvas"]
z = "shared:canonical_z"
upper = ["flag", """
    true above the tip of the nose (point 4): forehead, temples, eyes, cheekbones and bridge of
    the nose"""]
*/
with listed as (
    -- Weights as in the model.
    select
        cast(basis.point as smallint) as point,
        cast(basis.weight as double) as weight
    from (
        values
        (4, 0.07090994), (6, 0.032100145), (10, 0.008446551), (33, 0.05872417), (54, 0.00766708),
        (67, 0.009078059), (117, 0.009791938), (119, 0.014565368), (121, 0.018591361),
        (127, 0.0051979944), (129, 0.120625205), (132, 0.0055600186), (133, 0.053286184),
        (136, 0.066890456), (143, 0.014816548), (147, 0.014262834), (198, 0.025462192),
        (205, 0.04725228), (263, 0.05872417), (284, 0.00766708), (297, 0.009078059),
        (346, 0.009791938), (348, 0.014565368), (350, 0.018591361), (356, 0.0051979944),
        (358, 0.120625205), (361, 0.0055600186), (362, 0.053286184), (365, 0.066890456),
        (372, 0.014816548), (376, 0.014262834), (420, 0.025462192), (425, 0.04725228)
    ) as basis (point, weight)
),

placed as (
    -- Where these points lie in the canonical face.
    select
        listed.point,
        listed.weight,
        canonical_face.x,
        canonical_face.y,
        canonical_face.z
    from listed
    inner join internal.canonical_face on listed.point = canonical_face.point
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
