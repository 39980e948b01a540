/*
rule = """
every blendshape is listed with its action unit, or says why it has none; every action unit that a
blendshape or a built-in muscle names is listed"""
violations = [
    "update blendshapes set blendshape = 'mouthGrin' where blendshape = 'jawOpen'",
    "delete from blendshape_action_units where blendshape = 'mouthSmileLeft'",
    "update blendshape_action_units set caveat = null where blendshape = 'mouthLeft'",
    "update blendshape_action_units set action_unit = 'AU99' where blendshape = 'jawOpen'",
]
*/
select
    blendshapes.blendshape,
    units.action_unit
from (select distinct blendshape from blendshapes) as blendshapes
left join blendshape_action_units as units on blendshapes.blendshape = units.blendshape
where units.blendshape is null
union all
select
    blendshape_action_units.blendshape,
    blendshape_action_units.action_unit
from blendshape_action_units
left join action_units on blendshape_action_units.action_unit = action_units.action_unit
where
    action_units.action_unit is null
    and (
        blendshape_action_units.action_unit is not null or blendshape_action_units.caveat is null
    )
