.PHONY: run front test check format setup lock bench screenshots

run front test check format setup lock bench screenshots:
	@python3 wsgi.py $@
