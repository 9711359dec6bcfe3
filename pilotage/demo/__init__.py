"""The demonstration: the Orléans démarche, two years after its launch; beside it, a small one for all
agents. Every person is invented."""
