#!/usr/bin/env bash
# A PostgreSQL server of its own for tests and measurements: on loopback, without passwords, in a
# folder that can be thrown away.
#
# usage: postgresql.sh start FOLDER | kill FOLDER | stop FOLDER
#
# start makes FOLDER or uses what it holds, and prints postgres://USER@127.0.0.1:PORT; kill ends the
# server at once, as a power cut would; stop ends it in order.
set -euo pipefail

folder=${2-}
[[ -n $folder ]] || {
  sed -n '5p' "${BASH_SOURCE[0]}" >&2
  exit 2
}

bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[[ -n $bin ]] || {
  echo "PostgreSQL is not installed. ./task setup installs it." >&2
  exit 1
}

# The server refuses to run as root.
as_owner=()
user=$(id -un)
if ((EUID == 0)); then
  user=postgres
  as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups --inh-caps=-all)
fi

control() {
  "${as_owner[@]}" "$bin/pg_ctl" --pgdata="$folder/data" --silent "$@"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start() {
  mkdir -p "$folder"
  if [[ ! -d $folder/data ]]; then
    ((EUID != 0)) || chown postgres "$folder"
    "${as_owner[@]}" "$bin/initdb" --pgdata="$folder/data" --auth=trust --username="$user" \
      --encoding=UTF8 --locale=C.UTF-8 >/dev/null
    free_port >"$folder/port"
  fi
  # It must not hold on to what this script was given, or whoever reads that waits for ever.
  control --wait --timeout=60 --log="$folder/log" \
    --options="-p $(<"$folder/port") -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
      -c max_connections=200" start >/dev/null 2>&1 </dev/null || {
    tail -n 5 "$folder/log" >&2
    exit 1
  }
  echo "postgres://$user@127.0.0.1:$(<"$folder/port")"
}

case $1 in
  start) start ;;
  kill) control --mode=immediate stop ;;
  stop) control --mode=fast stop ;;
  *)
    sed -n '5p' "${BASH_SOURCE[0]}" >&2
    exit 2
    ;;
esac
