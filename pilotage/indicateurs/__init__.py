"""The figures of the démarche: pure functions over SQL aggregates, never over the people one by one."""
