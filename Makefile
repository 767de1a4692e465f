.PHONY: run test check format setup lock bench screenshots gallery

run test check format setup lock bench screenshots gallery:
	@python3 wsgi.py $@
