"""The demonstration, told in the order of `charger`: each chapter writes its rows, dated from today."""
