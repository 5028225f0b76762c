# shellcheck shell=bash
# The parts of ./task that install what is missing. Read by `task`, from the root of the
# repository; every function does nothing when there is nothing to do.

swift_wanted=6.3

# Says what is wrong in one or more lines and stops.
refuse() {
  printf '%s\n' "$@" >&2
  exit 1
}

require_swift() {
  local said found
  local advice="Install the Swift $swift_wanted toolchain from swift.org, put it on PATH and try again."
  if ! command -v swift >/dev/null; then
    refuse "Swift is not on PATH. $advice"
  fi
  if ! said=$(swift --version 2>&1 </dev/null); then
    refuse "swift is on PATH but does not run: ${said%%$'\n'*}" "$advice"
  fi
  found=$(sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' <<<"$said" | head -n 1)
  if [[ -z $found ]]; then
    refuse "swift is on PATH but does not tell its version. $advice"
  fi
  if ! printf '%s\n' "$swift_wanted" "$found" | sort --version-sort --check=silent; then
    refuse "Swift $found is too old: this needs Swift $swift_wanted or newer. $advice"
  fi
}

is_installed() {
  [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# Installs those of the named Debian packages that are missing.
install_packages() {
  local package missing=()
  if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian, so nothing is installed here. Make sure that you have: $*" >&2
    return 0
  fi
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  ((${#missing[@]})) || return 0

  local as_root=() log by_hand="apt-get update && apt-get install ${missing[*]}"
  if ((EUID != 0)); then
    by_hand="sudo apt-get update && sudo apt-get install ${missing[*]}"
    if ! command -v sudo >/dev/null; then
      refuse "Missing: ${missing[*]} (Debian), and installing needs root or sudo. Run this as root, then try again:" \
        "  apt-get update && apt-get install ${missing[*]}"
    fi
    as_root=(sudo)
    [[ -t 0 ]] || as_root=(sudo -n)
  fi

  echo "Installing from Debian: ${missing[*]}"
  log=$(mktemp)
  # A failed update may still leave a usable list; the installation decides.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -o DPkg::Lock::Timeout=120 update >"$log" 2>&1 || true
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -y -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 --no-install-recommends \
    install "${missing[@]}" >>"$log" 2>&1; then
    tail -n 10 "$log" >&2
    rm -f "$log"
    refuse "Could not install from Debian: ${missing[*]}. Install by hand, then try again:" "  $by_hand"
  fi
  rm -f "$log"
}

# Prints the Python to use: Debian's when it can make virtual environments, else the first on PATH.
find_python() {
  local candidate
  for candidate in /usr/bin/python3 python3; do
    if "$candidate" -c 'import ensurepip, venv, pip' 2>/dev/null; then
      echo "$candidate"
      return 0
    fi
  done
  refuse "No Python 3 with pip and venv was found. Install them, then try again:" \
    "  apt-get install python3 python3-venv python3-pip"
}

# make_environment FOLDER REQUIREMENTS: a virtual environment that holds exactly the pinned list.
make_environment() {
  local folder=$1 requirements=$2 python
  if cmp --silent "$requirements" "$folder/installed.txt" && "$folder/bin/python" -c '' 2>/dev/null; then
    return 0
  fi
  python=$(find_python)
  echo "Installing from PyPI into $folder: $(grep -cE '^[A-Za-z]' "$requirements") pinned packages"
  if ! "$python" -m venv --clear "$folder" </dev/null ||
    ! "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
      --requirement "$requirements" </dev/null; then
    refuse "Could not install the packages in $requirements from PyPI. Run this by hand to see why:" \
      "  $folder/bin/python -m pip install -r $requirements"
  fi
  # Written last: an environment that was not finished is made again.
  cp "$requirements" "$folder/installed.txt"
}

setup() {
  local python
  require_swift
  # tzdata: a league table holds as of a day in London. The libraries keep records and read
  # and write workbooks; libxml2 is what the toolchain's XML parser stands on.
  install_packages git python3 python3-venv python3-pip tzdata \
    libpq-dev libsqlite3-dev libxlsxwriter-dev libxml2 libzip-dev pkgconf
  python=$(find_python)
  "$python" scripts/fetch-style-sheet.py .assets
}

setup_lint() {
  install_packages shellcheck
}

setup_tests() {
  install_packages chromium fonts-liberation postgresql shellcheck
  make_environment .venv scripts/requirements-tests.txt
}

# unpack_packages FOLDER PACKAGE...: Debian packages that are only unpacked, for programs whose own
# package may come from elsewhere and conflict with Debian's.
unpack_packages() {
  local folder=$1 place
  shift
  if [[ $(cat "$folder/unpacked.txt" 2>/dev/null) == "$*" ]]; then
    return 0
  fi
  if ! command -v dpkg-deb >/dev/null; then
    echo "This is not Debian, so nothing is unpacked here. Make sure that you have: $*" >&2
    return 0
  fi
  echo "Unpacking from Debian into $folder: $*"
  place=$(mktemp -d)
  chmod 755 "$place"
  if ! (cd "$place" && apt-get -qq download "$@") >"$place/log" 2>&1; then
    # The lists may be missing or old.
    if ((EUID == 0)); then apt-get -qq -o DPkg::Lock::Timeout=120 update >>"$place/log" 2>&1 || true; fi
    if ! (cd "$place" && apt-get -qq download "$@") >>"$place/log" 2>&1; then
      tail -n 10 "$place/log" >&2
      rm -rf "$place"
      refuse "Could not fetch from Debian: $*. Update the lists, then try again:" "  apt-get update"
    fi
  fi
  rm -rf "$folder"
  mkdir -p "$folder"
  find "$place" -name '*.deb' -exec dpkg-deb --extract {} "$folder" \;
  rm -rf "$place"
  # Written last: a folder that was not finished is made again.
  echo "$*" >"$folder/unpacked.txt"
}

setup_soak() {
  install_packages postgresql
}

setup_bench() {
  local packages=(postgresql wrk)
  command -v node >/dev/null || packages+=(nodejs)
  install_packages "${packages[@]}"
  make_environment .venv-bench scripts/requirements-bench.txt
  # Debian's own node could have them installed, but node is often another.
  unpack_packages .venv-bench/node node-pg node-split2 node-xtend
}
