#!/usr/bin/env bash
# Makes .venv and installs sitegen into it; with `test`, also everything that the tests run.
# Usage: tools/setup.sh site|test
set -euo pipefail
cd "$(dirname "$0")/.."

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

# Installs Debian packages where we may; else says in one line what to install, and stops.
need() {
  echo "Installing $* with apt-get"
  if ! command -v apt-get >/dev/null || ! as_root true; then
    echo "Please install: $*  (on Debian or Ubuntu: sudo apt-get install $*)" >&2
    exit 1
  fi
  as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

find_python() {
  local name
  for name in python3 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2])' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
}

python=$(find_python)
if [ -z "$python" ]; then
  echo "sitegen needs Python 3.11 or newer." >&2
  exit 1
fi
if [ ! -x .venv/bin/pip ]; then
  rm -rf .venv
  if ! "$python" -m venv .venv >/dev/null 2>&1; then
    # Debian ships venv apart from Python.
    rm -rf .venv
    need "$("$python" -c 'import sys; print(f"python3.{sys.version_info[1]}-venv")')"
    "$python" -m venv .venv
  fi
fi

if [ "${1:-site}" = site ]; then
  .venv/bin/pip install --quiet --disable-pip-version-check -e .
  touch .venv/site.stamp
  exit 0
fi

missing=()
[ -x /usr/sbin/nginx ] || command -v nginx >/dev/null || missing+=(nginx)
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
command -v java >/dev/null || missing+=(default-jre-headless)
[ -x /usr/sbin/apache2 ] || command -v apache2 >/dev/null || command -v httpd >/dev/null || missing+=(apache2-bin)
# Playwright brings a Node of its own, which needs this library.
/sbin/ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1' || missing+=(libatomic1)
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
[ ${#missing[@]} = 0 ] || need "${missing[@]}"

.venv/bin/pip install --quiet --disable-pip-version-check -e '.[dev]'
.venv/bin/python tests/tools/install.py
touch .venv/site.stamp .venv/test.stamp
