"""Clocks and working days.

Words: *calendar* (the days off and the days worked in exchange, as announced), *due day* (a legal day, with
the steps that lead to it).

Never: guesses a holiday. A year that was not announced counts plain weekends, and the answer says so.
"""
