# Two commands are all a newcomer needs: `make run` and `make test`.
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin

.PHONY: help setup run test coverage lint bench faults pictures site docs lock catalogue
help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## /\1\t/p' Makefile | expand -t 12

setup: ## environment, front end and message catalogues; does only what is stale
	@tools/setup.sh

run: setup ## serve a filled demo agency (PORT=8123 chooses the port)
	@$(BIN)/hezou migrate --quiet
	@$(BIN)/hezou demo
	@exec $(BIN)/hezou run --host $(HOST) --port $(PORT)

test: setup ## the whole suite on SQLite, then what touches tables on PostgreSQL
	@tools/test.sh

coverage: setup ## branches of rules, lifecycles, actions and access that no test walks
	@mkdir -p .cache
	@$(BIN)/pytest -n 2 --dist worksteal -m "not browser" --cov --cov-report=term

lint: setup ## style, types, storeys
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	npm run --silent lint

faults: setup ## every seeded fault must turn its named test red
	@$(BIN)/python tools/faults.py

bench: setup ## what the READMEs say of speed, measured anew on both engines after verifying; half an hour
	@if [ -d ../shared/data/laws ]; then $(BIN)/python benchmarks/checks.py; fi
	@$(BIN)/python benchmarks/everything.py

pictures: setup ## take the pictures of the README anew, from the browser tests
	@mkdir -p docs/pictures
	@HEZOU_TEST_PICTURES=1 $(BIN)/pytest tests/journeys -k "bureau and wording"

site: setup ## docs/ as a site in .cache/site; fails on a broken link
	@$(BIN)/mkdocs build --quiet

docs: setup ## write the generated pages anew
	@$(BIN)/python tools/pages.py

catalogue: setup ## bring the Chinese catalogue in line with the sentences in the sources
	@$(BIN)/python tools/catalogue.py

lock: ## resolve the dependencies anew into requirements/
	@tools/lock.sh
