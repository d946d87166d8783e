"""The form of a consent E1 to E5, in German and the person's language, to be signed on paper."""
