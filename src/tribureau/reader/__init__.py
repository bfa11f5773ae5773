"""Report bytes in, tradelines with their evidence out. No server and no database needed."""

from tribureau.reader.read import read_report
from tribureau.reader.report import Report

__all__ = ["Report", "read_report"]
