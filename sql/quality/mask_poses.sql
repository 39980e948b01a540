/*
row = "how a participant held the head in the photographs of a mask"
key = ["participant", "mask"]
materialized = "table"
note = "Means over the usable photographs. Turning to either side, and tilting to either side, is alike, so of yaw and roll it is the size that is averaged. Null for imported landmarks, whose pose is not known."

[columns]
participant = ["id", "text, leading zeros kept"]
mask = ["id", "label of expression and condition, such as 05-00"]
yaw = ["deg", "mean size of the turn to either side"]
pitch = ["deg", "mean; head raised (> 0) or lowered"]
roll = ["deg", "mean size of the tilt to either side; the alignment takes the tilt itself out"]
photos = ["count", "photographs in the mean"]
*/
select
    photos.participant,
    photo_verdicts.mask,
    avg(abs(photos.yaw)) as yaw,
    avg(photos.pitch) as pitch,
    avg(abs(photos.roll)) as roll,
    cast(count(*) as integer) as photos
from photos
inner join photo_verdicts on photos.photo_index = photo_verdicts.photo_index
where photo_verdicts.usable
group by photos.participant, photo_verdicts.mask
