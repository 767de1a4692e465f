"""Which host labels a subsite may have: well formed, not reserved, not taken, not easily confused."""

import re
from collections.abc import Collection
from functools import lru_cache

SHORTEST, LONGEST = 2, 31
PATTERN = re.compile(r"[a-z][a-z0-9-]{1,30}")
SIMPLEST_SKELETON = 3

# Names that servers, browsers and mail programs ask for, and the first words of the console's own addresses:
# a unit's label is also its path there.
RESERVED = frozenset(
    """
    www www1 www2 web wap m mobile app apps root home index portal site sites gov data test demo dev stage
    admin administrator manage management manager console office inbox desk login logout signin signout sso
    auth oauth account accounts user users activate reset recover session sessions totp password audit
    api graphql static assets cdn img images css js files file upload uploads download downloads media
    mail email smtp pop pop3 imap mx mx1 mx2 webmail postmaster hostmaster webmaster abuse noreply
    autodiscover autoconfig wpad isatap ftp sftp ssh vpn ns ns1 ns2 ns3 dns ntp ldap proxy gateway git
    xxgk search units feed sitemap robots favicon healthz readyz health status metrics pages leave
    help support security info news edit preview articles columns hosts people letters forgot
    documents notices links collections
    localhost local localdomain broadcasthost invalid example
    """.split()  # noqa: SIM905 - words read better than quoted words
)


@lru_cache(maxsize=8_192)  # A list of two thousand units compares each with all words and labels.
def skeleton(label: str) -> str:
    """Reduce a label to what a hurried eye sees: equal skeletons are easily confused."""
    seen = label.lower().replace("-", "").replace("rn", "m").replace("vv", "w")
    return seen.translate(str.maketrans("1i0", "llo"))


def fault_of(label: str, *, taken: Collection[str] = ()) -> str | None:
    """Say why a subsite may not have this label, in a sentence for the screen; nothing when it may."""
    return _malformed(label) or _reserved(label) or _held(label, taken)


def _malformed(label: str) -> str | None:
    rules = (
        (len(label) >= SHORTEST, f"域名前缀至少 {SHORTEST} 个字符。"),
        (len(label) <= LONGEST, f"域名前缀最多 {LONGEST} 个字符，现为 {len(label)} 个，请缩短。"),
        (PATTERN.fullmatch(label), "域名前缀只能用小写英文字母、数字和连字符，并以字母开头。"),
        (not label.startswith("xn--"), "“xn--”开头的域名前缀是中文域名的编码，不能直接使用。"),
        (not label.endswith("-") and "--" not in label, "连字符不能放在末尾，也不能连用。"),
    )
    return next((message for kept, message in rules if not kept), None)


def _reserved(label: str) -> str | None:
    if label in RESERVED:
        return f"“{label}”是平台或网络服务的保留字，请换一个。"
    seen = skeleton(label)
    like = sorted(word for word in RESERVED if len(word) >= SIMPLEST_SKELETON and skeleton(word) == seen)
    return f"“{label}”与保留字“{like[0]}”容易混淆，请换一个。" if like else None


def _held(label: str, taken: Collection[str]) -> str | None:
    held = sorted({other.lower() for other in taken})
    if label in held:
        return f"“{label}”已被其他子站使用，请换一个。"
    seen = skeleton(label)
    like = [other for other in held if skeleton(other) == seen]
    return f"“{label}”与已在使用的“{like[0]}”容易混淆，请换一个。" if like else None
