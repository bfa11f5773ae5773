"""Experian, single bureau."""

from tribureau.samples.credit_file import LayOut
from tribureau.samples.families import experian_2015, experian_annual, experian_mailed, experian_online

STYLES: dict[str, LayOut] = {
    "A": experian_annual.lay_out,
    "B": experian_online.lay_out,
    "C": experian_mailed.lay_out,
    "D": experian_2015.lay_out,
}
