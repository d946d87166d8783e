"""The sheet of a month for a provider without an account, and return slips for what it has not answered."""
