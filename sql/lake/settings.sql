/*
row = "the settings that the SQL of this build used: one row"
key = ["alignment_method"]
materialized = "table"
# Every setting that lakehouse/settings/ marks with InSql, described there.
columns = "settings"
*/
select *  -- noqa: AM04
from source_settings
