.PHONY: run front test check format setup lock bench screenshots gallery looks matrix audit

run front test check format setup lock bench screenshots gallery looks matrix audit:
	@python3 wsgi.py $@
