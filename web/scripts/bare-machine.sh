#!/usr/bin/env bash
# Tries the two commands of the README on a machine that has rustup without a toolchain, a C compiler, make and nothing
# else: a Debian 12 of debootstrap, in which the last commit is cloned. Prints the processor time of each.
# As root, with debootstrap and rustup. The crates that this machine downloaded are lent; nothing compiled is.
# Usage: web/scripts/bare-machine.sh [run] [test]
set -euo pipefail
cd "$(dirname "$0")/../.."

say() { echo "bare-machine: $*" >&2; }

commands=("$@")
((${#commands[@]})) || commands=(run test)
registry=${CARGO_HOME:-$HOME/.cargo}/registry
mkdir -p "$registry"
root=$(mktemp -d)
port=$((32000 + RANDOM % 700))

# Ends what was left running inside, and takes it all away.
# shellcheck disable=SC2317 # the trap calls it
clean_up() {
    local process folder
    for process in /proc/[0-9]*; do
        [[ $(readlink "$process/root" 2>/dev/null) != "$root" ]] || kill -KILL "${process#/proc/}" 2>/dev/null || true
    done
    for folder in root/.cargo/registry proc dev; do
        ! mountpoint -q "$root/$folder" || umount --recursive --lazy "$root/$folder"
    done
    rm -rf --one-file-system "$root"
}
trap clean_up EXIT
trap 'exit 124' TERM

say "making a Debian with gcc, make and nothing else"
debootstrap --variant=minbase --include=gcc,libc6-dev,make,ca-certificates bookworm "$root" http://deb.debian.org/debian >/dev/null
cp --dereference /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
cp --dereference /etc/resolv.conf /etc/hosts "$root/etc/"
mount --types proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --make-rslave "$root/dev"
mkdir -p "$root/root/.cargo/bin" "$root/root/.cargo/registry"
mount --bind "$registry" "$root/root/.cargo/registry"
cp --dereference "$(command -v rustup)" "$root/root/.cargo/bin/rustup"
for name in cargo rustc rustdoc cargo-clippy clippy-driver cargo-fmt rustfmt; do
    ln -s rustup "$root/root/.cargo/bin/$name"
done
git clone --quiet --no-hardlinks . "$root/root/todo-app"

# Usage: inside COMMAND: as root's shell would run it, with nothing of this machine's environment but how to get out.
inside() {
    local variable kept=()
    for variable in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
        [[ -z ${!variable:-} ]] || kept+=("$variable=${!variable}")
    done
    chroot "$root" /usr/bin/env -i HOME=/root USER=root TERM=dumb RUSTUP_AUTO_INSTALL=0 \
        SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt "${kept[@]}" \
        PATH=/root/.cargo/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        bash -c "cd /root/todo-app && $1"
}

# Usage: timed NAME COMMAND: prints what processor time the command and all that it started took.
timed() {
    local TIMEFORMAT="bare-machine: $1 took %U s + %S s of processor time, %R s in all"
    time "$2"
}

# Until the page and the api answer through the one address; then it is ended, and waited for, since its processor time
# counts only then. (A shell's background job would not hear of a Ctrl-C.)
make_run() {
    # shellcheck disable=SC2016 # for the shell inside
    inside '
        get() { exec 3<>"/dev/tcp/127.0.0.1/'$port'" && printf "GET %s HTTP/1.0\r\nhost: 127.0.0.1\r\n\r\n" "$1" >&3 && cat <&3; }
        make run PORT='$port' DATA_DIR=/tmp/data & app=$!
        until [[ $(get /readyz 2>/dev/null | head -n 1) == *" 200 "* ]]; do
            kill -0 "$app" 2>/dev/null || exit 1
            sleep 0.5
        done
        get / | grep -q "<title>" && get /api/instance | grep -q registration || exit 1
        kill -TERM "$app"
        wait "$app" || true'
}

make_test() { inside 'make test'; }

for command in "${commands[@]}"; do
    say "make $command"
    timed "make $command" "make_$command"
done
say "both commands of the README work"
