"""The six layouts that people have, one file each: what it prints, in which order, in which words (FORMATS)."""
