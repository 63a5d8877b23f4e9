#!/usr/bin/env bash
# Resolves pyproject.toml into hashed lists that name no host.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
    --no-annotate --no-emit-index-url --no-emit-find-links "$@"
}
compile pyproject.toml --output-file requirements/run.txt
compile pyproject.toml --extra dev --output-file requirements/dev.txt
compile benchmarks/wagtail/requirements.in --output-file benchmarks/wagtail/requirements.txt
