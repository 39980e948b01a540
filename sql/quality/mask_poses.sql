/*
row = "how a participant held the head in the photographs of a mask"
key = ["participant", "mask"]
materialized = "table"
note = """
The values are means over the usable photographs. Yaw and roll are averaged without their sign,
because turning or tilting the head to either side has the same effect. Null for imported landmarks,
whose pose is not known."""

[columns]
participant = "shared"
mask = "shared"
yaw = ["deg", "mean size of the turn to either side"]
pitch = ["deg", "mean; head raised (> 0) or lowered"]
roll = ["deg", "mean size of the tilt to either side; the alignment takes the tilt itself out"]
photos = "shared"
*/
select
    photos.participant,
    photo_verdicts.mask,
    avg(abs(photos.yaw)) as yaw,
    avg(photos.pitch) as pitch,
    avg(abs(photos.roll)) as roll,
    cast(count(*) as integer) as photos
from photos
inner join internal.photo_verdicts on photos.photo_index = photo_verdicts.photo_index
where photo_verdicts.usable
group by photos.participant, photo_verdicts.mask
