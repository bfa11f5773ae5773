"""Words of scanned pages: engines that read a grey picture, what makes it readable, and what they commonly mistake.

The engines stand in the reader, not with the providers: they run on this machine, `tribureau read` and the doctor use
them without a database, and the walled reader may hand its pictures to no layer above its own.
"""
