"""Lakes that several machines made, merged into one."""
