"""How figures and page look: colours, fonts and the Vega configuration, light and dark."""
