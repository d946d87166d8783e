"""The letter that invites somebody to an appointment, in German and the person's language."""
