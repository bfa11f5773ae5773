"""`python -m tribureau` is `tribureau`."""

from tribureau.cli import main

main()
