"""Drawing and translating specifications, in processes of their own."""
