"""The addresses that the front listens on, for gunicorn and for the question whether they are free."""

import errno
import os
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_PORT = "8000"


def addresses(environ: "Mapping[str, str]") -> list[str]:
    """Return what to bind: this machine alone, unless the operator names other addresses.

    Many machines have no IPv6; then its loopback address is left out.
    """
    if chosen := environ.get("ZIWANG_BIND"):
        return [address.strip() for address in chosen.split(",") if address.strip()]
    port = environ.get("PORT", DEFAULT_PORT)
    return [f"{host}:{port}" for host in ("127.0.0.1", "[::1]") if not trouble_with(f"{host}:0")]


def trouble_with(address: str) -> int:
    """Return the error number that listening on an address would meet, or zero."""
    host, _, port = address.rpartition(":")
    if host in {"unix", "fd"}:
        return 0
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # As gunicorn does: an address that merely has old connections dying away counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host.strip("[]"), int(port)))
    except OSError as error:
        return error.errno or errno.EINVAL
    except ValueError:
        return errno.EINVAL
    return 0


def workers(environ: "Mapping[str, str]") -> int:
    """Return how many processes serve: by the number of cores, unless the operator says."""
    return int(environ.get("ZIWANG_WORKERS") or 0) or min(2 * (os.cpu_count() or 1) + 1, 8)
