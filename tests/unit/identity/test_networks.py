from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribureau.providers.identity.attempts import network_of


@pytest.mark.parametrize(
    ("address", "limits", "coarse"),
    [
        ("203.0.113.77", "203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", "2001:db8:1::"),
        ("::ffff:203.0.113.77", "203.0.113.77", "203.0.113.0"),
        ("", "", ""),
        ("testclient", "testclient", "testclient"),
    ],
)
def test_networks(address: str, limits: str, coarse: str) -> None:
    assert network_of(address) == limits
    assert network_of(address, ipv4_bits=24, ipv6_bits=48) == coarse


@given(st.ip_addresses())
def test_a_network_is_an_address_that_stays_itself(address: object) -> None:
    network = network_of(str(address), ipv4_bits=24, ipv6_bits=48)
    assert ip_address(network)
    assert network_of(network, ipv4_bits=24, ipv6_bits=48) == network
