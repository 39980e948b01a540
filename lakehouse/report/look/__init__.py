"""How the report looks: colours, typeface and the drawing of marks, light and dark."""
