"""Report PDFs at rest: encrypted under a key of each user, in a folder or an object store."""
