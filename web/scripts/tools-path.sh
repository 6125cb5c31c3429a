# shellcheck shell=bash
# To be sourced: puts the tools that tools.sh installed on PATH.
binaryen_dir=${XDG_CACHE_HOME:-$HOME/.cache}/todo-app/binaryen
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$binaryen_dir/node_modules/.bin:$PATH"
