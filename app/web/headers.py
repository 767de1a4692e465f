"""Headers that every response of an application carries."""

from flask import Response, current_app, g, request

from app.accounts.session import OF_THE_RELEASE

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'{styles}; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {framed_by}"
)
ONE_YEAR = 31_536_000  # seconds


def add_security_headers(response: Response) -> Response:
    """Set what a browser needs to be strict."""
    # The rich text editor writes style attributes; its page alone allows them.
    styles = " 'unsafe-inline'" if g.get("allows_inline_styles") else ""
    # A signer reads the preview within the page on which it is signed.
    framed_by = "'self'" if g.get("allows_own_frame") else "'none'"
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY.format(styles=styles, framed_by=framed_by))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if current_app.config["SCHEME"] == "https":
        headers.setdefault("Strict-Transport-Security", f"max-age={ONE_YEAR}")
    return response


def forbid_storing(response: Response) -> Response:
    """Keep the console's pages out of every cache; its static files may be kept."""
    if request.endpoint not in OF_THE_RELEASE:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def let_revalidate(response: Response) -> Response:
    """Let browsers keep a public page, and ask each time whether it still holds."""
    response.headers.setdefault("Cache-Control", "no-cache")
    return response
