"""The minutes of a meeting of the working group, signed by who wrote them."""
