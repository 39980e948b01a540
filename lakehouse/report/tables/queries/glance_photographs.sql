-- description = "Photographs that entered a mask of somebody included"

select cast(count(*) as integer) as photographs
from internal.photo_alignments
