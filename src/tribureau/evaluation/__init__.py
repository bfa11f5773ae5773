"""How well a reading agrees with a truth that is known: pure rules, over the objects of `tribureau read --json`."""
