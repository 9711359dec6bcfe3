"""What precedes the moves: the feuille de route, the gates, the élus, what is said outside."""
