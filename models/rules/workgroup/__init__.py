"""The working group (Arbeitskreis): its meetings, proposed agenda and minutes, and conferences about one case.

Source: domain.md 6.1. Basis: § 18 SGB II (local cooperation), § 13 Abs. 3 IntV (local demand for courses).
"""
