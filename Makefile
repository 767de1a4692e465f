.PHONY: run front test check format setup lock bench screenshots gallery matrix

run front test check format setup lock bench screenshots gallery matrix:
	@python3 wsgi.py $@
