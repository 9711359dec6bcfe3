"""A second démarche, small: two employers, open to all agents of two families of cadres d’emplois."""
