"""Pictures of faces and masks: arrays and words in, pixels out; nothing here knows a database."""
