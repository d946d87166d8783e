"""Lists that people upload as CSV or XLSX, whatever they list: reading, cells, and the rows to correct.

A ``Layout`` says which columns a list has; everything else is the same for arrivals and for courses.
"""
