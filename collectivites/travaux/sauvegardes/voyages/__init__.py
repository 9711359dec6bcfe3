"""A whole démarche from one installation to another: what leaves (`depart`), how it is put back (`arrivee`).

Its tables are deduced from the foreign keys, as the second wall does (`tables`); the keys that lie elsewhere
than in a foreign key are told one by one (`references`), and a test asks for each new field that may hold one.
"""
