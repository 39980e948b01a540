-- description = "What each method of alignment makes of every mask, and which is in force"
-- people = ["participants"]

select
    alignment_comparison.method,
    alignment_comparison.expression,
    alignment_comparison.supervised,
    alignment_comparison.participants,
    alignment_comparison.upper_face_size,
    alignment_comparison.upper_face_size_sd,
    alignment_comparison.chin_drop,
    alignment_comparison.upper_face_shift,
    alignment_comparison.lower_face_shift,
    alignment_comparison.upper_to_lower,
    alignment_comparison.mean_shift,
    alignment_comparison.method = settings.alignment_method as in_force
from alignment_comparison
cross join settings
order by
    alignment_comparison.mask,
    case alignment_comparison.method
        when 'paper' then 1 when 'neutral_scale' then 2 else 3
    end
