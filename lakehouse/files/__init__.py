"""The only room that creates, swaps, seals and sweeps files.

Whatever it makes is its owner's alone from its birth, and has a temporary name until it is whole.
Other libraries write into what this room gives them, and nowhere else; a test sees to it.

========== =======================================================================
replace    a file in another's place once it is whole
new        a file where there is none yet
parquet    tables
seal       checksums inside them
staging    files that move to their place together
commit     files of one name in several folders that appear and vanish as one
exchange   a whole folder in another's place
scratch    room for work whose files nobody needs afterwards
links      second names of files
folders    private folders
lock       one process at a time
names      the rule for temporary names, and in `safe_names` ids as file names
listing    what a folder holds, and that it cannot be known
at_work    what this process will remove, noted for when it is killed
clearing   removing what was noted by processes that have ended
temporary  temporaries that several processes may make side by side
sweep      removing, above all what a killed process left
errors     the system's refusals as one line for the user
========== =======================================================================
"""
