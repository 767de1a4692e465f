.PHONY: run test check format setup lock bench screenshots

run test check format setup lock bench screenshots:
	@python3 wsgi.py $@
