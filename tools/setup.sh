#!/usr/bin/env bash
# Makes the environment and does only what is stale; safe to run again.
# Needs Python 3.11 or newer and Node.js 20 or newer, nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never

fail() {
  printf 'setup: %s\n' "$1" >&2
  exit 1
}

# Runs a command when the files and words named differ from those of its last success.
#   when_changed STAMP "WORDS" COMMAND...   with the sources on standard input, one path a line
when_changed() {
  local stamp=$1 now
  now=$({ echo "$2"; tr '\n' '\0' | LC_ALL=C sort -z | xargs -0 -r sha256sum; } | sha256sum)
  shift 2
  if [ "$(cat "$stamp" 2>/dev/null)" != "$now" ]; then
    rm -f "$stamp"
    "$@"
    echo "$now" >"$stamp"
  fi
}

python_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

make_environment() {
  local candidate
  for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if python_new_enough "$candidate"; then
      "$candidate" -m venv --clear .venv || fail "Python cannot make environments here (Debian: python3-venv)."
      return
    fi
  done
  fail "Python 3.11 or newer is needed; PYTHON=/path/to/python names one."
}

# uv reads no pip configuration, so a mirror that pip is told of is handed on.
hand_on_mirror() {
  local index=${PIP_INDEX_URL:-}
  if [ -z "$index" ] && .venv/bin/python -m pip --version >/dev/null 2>&1; then
    index=$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)
  fi
  if [ -n "$index" ]; then export UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-$index}; fi
  if [ -n "${PIP_CERT:-}" ]; then export SSL_CERT_FILE=${SSL_CERT_FILE:-$PIP_CERT}; fi
}

install_packages() {
  hand_on_mirror
  if [ ! -x .venv/bin/uv ]; then
    awk '/^[^ #]/ { ours = /^uv==/ } ours' requirements/dev.txt >.venv/uv.txt
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
  fi
  export VIRTUAL_ENV=$PWD/.venv
  .venv/bin/uv pip sync --quiet --require-hashes requirements/dev.txt
  .venv/bin/uv pip install --quiet --no-deps --no-build-isolation -e .
}

need_node() {
  local major
  major=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
  [ "${major:-0}" -ge 20 ] || fail "Node.js 20 or newer is needed to build the pages' scripts (found: ${major:-none})."
  command -v npm >/dev/null || fail "npm is needed to build the pages' scripts; it comes with Node.js."
}

install_modules() {
  need_node
  npm ci --no-audit --no-fund --loglevel=error
}

build_front_end() {
  need_node
  npm run --silent build -- --logLevel warn
}

compile_catalogues() {
  .venv/bin/pybabel --quiet compile --domain django --directory src/hezou/web/locale
}

forget_unless_there() {
  [ -e "$2" ] || rm -f "$1"
}

python_new_enough .venv/bin/python || make_environment
printf '%s\n' requirements/dev.txt pyproject.toml |
  when_changed .venv/packages.stamp "$PWD" install_packages

echo package-lock.json | when_changed node_modules/.packages.stamp "" install_modules
forget_unless_there node_modules/.build.stamp src/hezou/web/static/dist/manifest.json
{
  find frontend -type f -not -path 'frontend/test/*'
  printf '%s\n' package-lock.json vite.config.ts tsconfig.json
} | when_changed node_modules/.build.stamp "" build_front_end

find src/hezou/web/locale -name '*.po' | while read -r catalogue; do
  forget_unless_there .venv/catalogues.stamp "${catalogue%.po}.mo"
done
find src/hezou/web/locale -name '*.po' | when_changed .venv/catalogues.stamp "" compile_catalogues
