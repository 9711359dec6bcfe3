"""Pay of a cadre, line by line, on two postes: pure Python, without Django nor any room above or below.

`baremes/` dated figures, each with its source; `bulletin/` one payslip, one year; `comparaison/` two postes.
Amounts are `Decimal` euros, rounded half up to the cent at each line, never a float.
"""
