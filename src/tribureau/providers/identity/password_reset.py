"""A new password by a link from a mail, in one step."""

from tribureau.database.transactions import Database
from tribureau.providers.identity.attempts import SIGN_IN_ADDRESS, Attempts, network_of
from tribureau.providers.identity.links import Links
from tribureau.providers.identity.mailbox import Mailbox, compose
from tribureau.providers.identity.passwords import PasswordHashes, require_good_password
from tribureau.providers.identity.sessions import Device, Sessions, Tokens


class PasswordReset:
    """The link proves the mailbox. It is no second factor: who has one still gives its code before anything else."""

    def __init__(
        self,
        database: Database,
        sessions: Sessions,
        links: Links,
        *,
        attempts: Attempts,
        hashes: PasswordHashes,
        mailbox: Mailbox,
        site_url: str,
    ) -> None:
        self._database = database
        self._sessions = sessions
        self._links = links
        self._attempts = attempts
        self._hashes = hashes
        self._mailbox = mailbox
        self._site_url = site_url

    async def reset(self, token: str, password: str, device: Device) -> Tokens:
        """Raises LinkExpired, WeakPassword (the link holds on), AccountBanned or TooManyTries."""
        network = network_of(device.address)
        await self._attempts.count(SIGN_IN_ADDRESS, network)
        require_good_password(password, email="")
        new_hash = await self._hashes.hash(password)
        async with self._database.as_identity() as transaction:
            followed = await self._links.follow(transaction, "recovery", token)
            require_good_password(password, followed.current_email)
            own = {"user_id": followed.user_id}
            await transaction.run("identity.set_password", password_hash=new_hash, **own)
            await transaction.run("identity.end_all_sessions", **own)
            await transaction.run("identity.confirm_email", email=followed.email, **own)
            grant = await self._sessions.begin(transaction, followed.user_id, "otp", device)
        await self._attempts.take_back(SIGN_IN_ADDRESS, network)
        await self._mailbox.send(compose("password_changed", followed.current_email, site_url=self._site_url))
        return await self._sessions.sign(grant)
