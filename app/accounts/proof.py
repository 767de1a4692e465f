"""Who is about to sign shows once more who they are: by the password or a second factor's code (S-64)."""

from app.accounts import admission
from app.accounts.models import Account

CODE_LENGTH = 6


def shown_again(by: Account, given: str, address: str) -> tuple[bool, admission.Refusal | None]:
    """Judge what was typed; return whether it was a code, and why it was refused if it was."""
    compact = "".join(given.split())
    if by.second_factor and compact.isdecimal() and len(compact) == CODE_LENGTH:
        return True, admission.again_by_code(by, compact, address)
    return False, admission.again(by, given, address)
