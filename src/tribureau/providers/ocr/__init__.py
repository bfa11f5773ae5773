"""Readers of scanned pages outside of this machine. They translate and decide nothing."""
