/*
row = "a muscle and a FACS action unit that it makes"
key = ["muscle", "action_unit"]
materialized = "table"
note = """
The built-in muscles have the units of which the FACS manual names them as the muscular basis; those
of the file that [muscles] of lakehouse.toml names have the units that the file gives them. AU25,
AU26 and AU43 to AU46 name a muscle also where it takes part by relaxing. The incisivi labii, which
make AU18, count as orbicularis oris. A muscle without a unit has no row."""

[columns]
muscle = "shared"
action_unit = "shared"
*/
with built_in as (
    select
        listed.muscle,
        listed.action_unit
    from (
        values
        ('frontalis_inner', 'AU01'), ('frontalis_outer', 'AU02'),
        ('corrugator_supercilii', 'AU04'), ('orbicularis_oculi_orbital', 'AU06'),
        ('orbicularis_oculi_palpebral', 'AU07'), ('orbicularis_oculi_palpebral', 'AU43'),
        ('orbicularis_oculi_palpebral', 'AU45'), ('orbicularis_oculi_palpebral', 'AU46'),
        ('procerus', 'AU04'), ('nasalis', 'AU38'), ('nasalis', 'AU39'),
        ('levator_labii_superioris_alaeque_nasi', 'AU09'), ('levator_labii_superioris', 'AU10'),
        ('levator_anguli_oris', 'AU13'), ('zygomaticus_minor', 'AU11'),
        ('zygomaticus_major', 'AU12'), ('risorius', 'AU20'), ('buccinator', 'AU14'),
        ('orbicularis_oris_upper', 'AU08'), ('orbicularis_oris_upper', 'AU18'),
        ('orbicularis_oris_upper', 'AU22'), ('orbicularis_oris_upper', 'AU23'),
        ('orbicularis_oris_upper', 'AU24'), ('orbicularis_oris_upper', 'AU25'),
        ('orbicularis_oris_upper', 'AU28'), ('orbicularis_oris_lower', 'AU08'),
        ('orbicularis_oris_lower', 'AU18'), ('orbicularis_oris_lower', 'AU22'),
        ('orbicularis_oris_lower', 'AU23'), ('orbicularis_oris_lower', 'AU24'),
        ('orbicularis_oris_lower', 'AU25'), ('orbicularis_oris_lower', 'AU28'),
        ('depressor_anguli_oris', 'AU15'), ('depressor_labii_inferioris', 'AU16'),
        ('depressor_labii_inferioris', 'AU25'), ('mentalis', 'AU17'), ('mentalis', 'AU25'),
        ('platysma', 'AU20'), ('platysma', 'AU21'), ('masseter', 'AU26'), ('masseter', 'AU31'),
        ('temporalis', 'AU26')
    ) as listed (muscle, action_unit)
),

of_the_file as (
    -- The file holds a muscle's units in one field, at each of its points.
    select distinct
        muscle,
        unnest(string_split(action_unit, ' ')) as action_unit
    from source_muscles
    where action_unit is not null
)

select
    muscle,
    action_unit
from of_the_file
union all
select
    muscle,
    action_unit
from built_in
where not exists (select 1 from source_muscles)
