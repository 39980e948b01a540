"""The same models and steps on a cluster; the only room that knows Spark."""
