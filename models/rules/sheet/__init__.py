"""How the transfer sheet is filled and released: places of answers, cells, release, snapshot, differences. Pure."""
