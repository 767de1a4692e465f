.PHONY: run front test check format setup lock bench screenshots gallery

run front test check format setup lock bench screenshots gallery:
	@python3 wsgi.py $@
