"""« Mon parcours »: where a cadre stands, in kind words, and the timeline « vous êtes ici ».

`chargement` reads the rows; nothing else here asks the database, nothing writes.
"""
