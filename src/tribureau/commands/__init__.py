"""The commands of `tribureau`, a file for each group."""
