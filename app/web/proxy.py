"""Forwarded headers: believed from configured addresses, taken away from everybody else (DESIGN 1, B2)."""

from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

#: How what a proxy says of its visitors begins.
SPOKEN = ("HTTP_X_FORWARDED", "HTTP_FORWARDED")
WORD = "FORWARDED"


class TrustedProxies:
    """Let a configured proxy speak for its visitors; nobody else may."""

    def __init__(self, wsgi_app: "WSGIApplication", addresses: str) -> None:
        self.networks = [ip_network(part.strip()) for part in addresses.split(",") if part.strip()]
        self.untold = wsgi_app
        self._known = lru_cache(maxsize=4096)(self._trusts)
        self.told = ProxyFix(wsgi_app, x_for=1, x_proto=1, x_host=1, x_port=0, x_prefix=0)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        if self._known(environ.get("REMOTE_ADDR", "")):
            return self.told(environ, start_response)
        if WORD in " ".join(environ):  # Seldom, and sooner seen so than name by name.
            for name in [name for name in environ if name.startswith(SPOKEN)]:
                del environ[name]
        return self.untold(environ, start_response)

    def _trusts(self, address: str) -> bool:
        try:
            peer = ip_address(address)
        except ValueError:
            return False
        return any(peer in network for network in self.networks)
