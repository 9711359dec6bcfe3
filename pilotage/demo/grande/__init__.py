"""The demonstration of an installation that serves many territories: thousands of people, PostgreSQL alone."""
