"""Reading and diagnosis of a staff list (« recensement »): pure Python, no Django, no database.

classeur = lire(octets, "cadres.xlsx")
diagnostic = diagnostiquer(classeur, existants=fiches)
"""
