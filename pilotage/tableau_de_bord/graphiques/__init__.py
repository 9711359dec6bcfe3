"""Drawings: numbers in, coordinates out. A page colours them by class, a PDF by attribute."""
