"""The arrivals list of a municipality: reading it, checking its rows, finding the same person twice.

``read_table`` makes a table of a file, ``parse_rows`` makes rows of a table, ``find_pairs`` and ``matches_against``
name possible duplicates, ``identity_key`` says which stored person a row means, ``rejected_table`` gives back what
has to be corrected. Nothing here writes, asks a clock or reads a file.
"""
