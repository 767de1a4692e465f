"""What gunicorn serves; the configuration that both sides share asks what it serves to build itself."""

# mypy: ignore-errors

from django.core.wsgi import get_wsgi_application


class County:
    """Django's own application, and nothing around it that could cost time."""

    def __init__(self) -> None:
        self._django = get_wsgi_application()

    def build(self) -> None:
        """Do nothing: it is built."""

    def __call__(self, environ, start_response):  # noqa: ANN001, ANN204 - as WSGI says
        return self._django(environ, start_response)


application = County()
