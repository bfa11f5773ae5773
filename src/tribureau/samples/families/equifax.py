"""Equifax, single bureau."""

from tribureau.samples.credit_file import LayOut
from tribureau.samples.families import equifax_annual, equifax_mailed, equifax_online

STYLES: dict[str, LayOut] = {
    "A": equifax_annual.lay_out,
    "B": equifax_online.lay_out,
    "C": equifax_mailed.lay_out,
    "D": equifax_annual.lay_out_2026,
}
