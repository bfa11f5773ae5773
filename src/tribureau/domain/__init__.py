"""The rules of the field: pure Python, standard library only, one file per body of law or practice."""
