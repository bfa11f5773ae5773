"""Language models that find accounts in a report's text. They translate and decide nothing."""
