"""What Swift must be told to be a store on one machine: rings, and a file for each server."""

from pathlib import Path

from swift.common.ring import RingBuilder

ACCOUNT = "testing"
USER = "tester"
SECRET = "only-for-tests"  # noqa: S105 - the store lives as long as the tests and on this machine alone

#: The order matters: with symlink before versioned_writes, versioned objects read back empty.
PIPELINE = (
    *("catch_errors", "gatekeeper", "listing_formats", "s3api", "tempauth", "bulk", "copy"),
    *("slo", "dlo", "versioned_writes", "symlink", "proxy-logging", "proxy-server"),
)
FILTERS = {
    "catch_errors": [],
    "gatekeeper": [],
    "listing_formats": [],
    "s3api": ["s3_acl = no", "location = us-east-1", "dns_compliant_bucket_names = yes"],
    "tempauth": [f"user_{ACCOUNT}_{USER} = {SECRET} .admin"],
    "bulk": [],
    "copy": [],
    "slo": [],
    "dlo": [],
    "versioned_writes": ["allow_object_versioning = true"],
    "symlink": [],
    "proxy-logging": [],
}
SWIFT_CONF = """\
[swift-hash]
swift_hash_path_prefix = before
swift_hash_path_suffix = after
[storage-policy:0]
name = only
default = yes
"""


def write(folder: Path, ports: dict[str, int], *, user: str) -> None:
    """Write all settings into the folder, which also holds the one device that keeps the data."""
    (folder / "devices" / "d1").mkdir(parents=True)
    (folder / "swift.conf").write_text(SWIFT_CONF, encoding="utf-8")
    for name, port in ports.items():
        if name != "proxy":
            _write_ring(folder / f"{name}.ring.gz", port)
        application = _proxy() if name == "proxy" else _storage(name)
        settings = _common(folder, user, port) + application
        (folder / f"{name}-server.conf").write_text("\n".join(settings) + "\n", encoding="utf-8")


def _write_ring(path: Path, port: int) -> None:
    """Make the map of one partition table with a single device; made here, it takes no program of its own."""
    ring = RingBuilder(part_power=4, replicas=1, min_part_hours=0)
    address = {"ip": "127.0.0.1", "port": port, "replication_ip": "127.0.0.1", "replication_port": port}
    ring.add_dev({"id": 0, "region": 1, "zone": 1, "device": "d1", "weight": 1, "meta": "", **address})
    ring.rebalance()
    ring.get_ring().save(str(path))


def _common(folder: Path, user: str, port: int) -> list[str]:
    return [
        "[DEFAULT]",
        f"swift_dir = {folder}",
        f"devices = {folder / 'devices'}",
        "mount_check = false",
        "bind_ip = 127.0.0.1",
        f"bind_port = {port}",
        "workers = 0",
        f"user = {user}",
        "log_level = WARNING",
        "log_address = /nonexistent",
    ]


def _storage(name: str) -> list[str]:
    return [
        "[pipeline:main]",
        f"pipeline = {name}-server",
        f"[app:{name}-server]",
        f"use = egg:swift#{name}",
        "fallocate_reserve = 0",
    ]


def _proxy() -> list[str]:
    lines = ["[pipeline:main]", f"pipeline = {' '.join(PIPELINE)}"]
    lines += ["[app:proxy-server]", "use = egg:swift#proxy", "account_autocreate = true"]
    for name, settings in FILTERS.items():
        lines += [f"[filter:{name}]", f"use = egg:swift#{name.replace('-', '_')}", *settings]
    return lines
