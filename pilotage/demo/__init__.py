"""The demonstration: the Orléans démarche, two years after its launch. Every person is invented."""
