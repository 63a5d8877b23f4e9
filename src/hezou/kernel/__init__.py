"""What every room may rely on: lifecycle tables, refusals, the clock, ids, Ref, the text model.

Pure: no Django, no tables, no input or output. At most 600 lines in all.
"""
