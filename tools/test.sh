#!/usr/bin/env bash
# The whole suite on SQLite, then what touches tables on PostgreSQL. As root, installs what Debian has.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
need() { # PACKAGE PROBE...
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || missing+=("$package")
}
need chromium-headless-shell command -v chromium-headless-shell
need postgresql sh -c 'command -v initdb || ls /usr/lib/postgresql/*/bin/initdb'
need libreoffice-writer command -v soffice
need fonts-noto-cjk sh -c 'fc-list | grep -q "Noto Sans CJK"'
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "test: please install: ${missing[*]}" >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

mkdir -p .cache
run() { # ENGINE ARGUMENTS...
  local engine=$1
  shift
  echo "== $engine"
  HEZOU_TEST_ENGINE=$engine .venv/bin/pytest -n 2 --dist worksteal "$@" 2>&1 | tee ".cache/test-$engine.log"
}
npm run --silent test
status=0
run sqlite || status=1
run postgresql -m "database and not browser" || status=1
for engine in sqlite postgresql; do
  printf '%-11s %s\n' "$engine" "$(tail -n 1 ".cache/test-$engine.log")"
done
exit "$status"
