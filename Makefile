.PHONY: run front test check format setup lock bench screenshots gallery matrix audit

run front test check format setup lock bench screenshots gallery matrix audit:
	@python3 wsgi.py $@
