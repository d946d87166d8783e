"""Every checklist of a case on paper, filled or blank, and the coach's bundle of a day."""
