"""How quick Tribureau is, beside named baselines in the same run."""
