"""The methods of the results, from the settings that were really used, with references."""
