"""Reports in which each account is a block of labels and values: the three bureaus' own, and by-bureau apps."""
