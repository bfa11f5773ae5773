"""The families of reports that the reader knows. A new one is a declaration in a file of its own, named here."""

from typing import Final

from tribureau.reader.layouts.creditkarma import CREDIT_KARMA
from tribureau.reader.layouts.declaration import Layout
from tribureau.reader.layouts.equifax import EQUIFAX
from tribureau.reader.layouts.experian import EXPERIAN
from tribureau.reader.layouts.identityiq import IDENTITYIQ
from tribureau.reader.layouts.smartcredit import SMARTCREDIT
from tribureau.reader.layouts.transunion import TRANSUNION

LAYOUTS: Final[tuple[Layout, ...]] = (EXPERIAN, EQUIFAX, TRANSUNION, CREDIT_KARMA, IDENTITYIQ, SMARTCREDIT)
