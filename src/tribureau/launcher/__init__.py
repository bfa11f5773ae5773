"""What `tribureau run` does: a data folder in, a database, the site and a worker kept running until asked to stop."""
