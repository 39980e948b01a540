/*
row = "the settings that the SQL of this build used: one row"
key = ["alignment_method"]
materialized = "table"

[columns]
photos_per_mask = ["count", "photographs a mask must have for its participant to be included; null for any number"]
required_masks = ["text", "all: every mask of the dataset; neutral: only the reference"]
max_faces = ["count", "a photograph with more faces is left out"]
max_yaw = ["deg", "a photograph of a head turned further is left out; null for no limit"]
max_pitch = ["deg", "a photograph of a head raised or lowered further is left out; null for no limit"]
min_face_height = ["px", "a photograph of a smaller face is left out; null for no limit"]
alignment_method = ["text", "how faces are brought onto each other"]
distance_dimensions = ["count", "2: in the image plane; 3: with depth"]
clusters_k = ["count", "groups of the points above average"]
clusters_seed = ["1", "random state of k-means"]
landmarks_kept = ["flag", "true where the raw landmarks are in the database too"]
*/
select
    photos_per_mask,
    required_masks,
    max_faces,
    max_yaw,
    max_pitch,
    min_face_height,
    alignment_method,
    distance_dimensions,
    clusters_k,
    clusters_seed,
    landmarks_kept
from source_settings
