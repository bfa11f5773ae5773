"""Sample credit reports of people who do not exist, with their truth: for newcomers, tests and measuring the reader."""

from tribureau.samples.folders import write_samples
from tribureau.samples.reports import FAMILIES, SampleReport, make_report
from tribureau.samples.shelf import sample_reports

__all__ = ["FAMILIES", "SampleReport", "make_report", "sample_reports", "write_samples"]
