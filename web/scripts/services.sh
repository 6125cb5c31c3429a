# shellcheck shell=bash
# To be sourced: starts the three services on loopback, and ends them.
# Needs DATA_DIR, and BIN_DIR with the binaries.

names=() pids=() agent_port='' api_port=''

say() { echo "todo: $*" >&2; }

# Usage: answers PORT: whether anything listens there.
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A port above the usual ones that nothing listens at.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        answers "$port" || break
    done
    echo "$port"
}

# Chooses where agent and api listen.
choose_ports() {
    agent_port=$(free_port)
    api_port=$(free_port)
}

# Usage: get PORT PATH [HEADER]: the answer to a GET, head and body.
get() {
    exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
    printf 'GET %s HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n%b\r\n' "$2" "${3:+$3\r\n}" >&3
    cat <&3
    exec 3>&-
} 2>/dev/null

# Usage: secret NAME: makes the secret once, readable by its owner alone, and prints the file's name.
secret() {
    local file=$DATA_DIR/secrets/$1
    if [[ ! -s $file ]]; then
        head -c 48 /dev/urandom | base64 | tr -d '\n' >"$file"
    fi
    chmod 600 "$file"
    echo "$file"
}

prepare_data() {
    umask 077
    mkdir -p "$DATA_DIR/secrets"
    DATA_DIR=$(cd "$DATA_DIR" && pwd)
    JWT_SECRET_FILE=$(secret JWT_SECRET)
    AGENT_TOKEN_FILE=$(secret AGENT_TOKEN)
}

# Usage: start NAME [NAME=VALUE…]. Settings of the same name that mean another thing to each service are not passed on.
start() {
    local name=$1
    shift
    env -u METRICS_BIND -u SHUTDOWN_TIMEOUT -u JWT_SECRET -u AGENT_TOKEN "$@" "$BIN_DIR/todo-$name" &
    names+=("$name")
    pids+=("$!")
}

start_agent() {
    start agent LOG_FORMAT="${LOG_FORMAT:-text}" AGENT_BIND="127.0.0.1:$agent_port" AGENT_TOKEN_FILE="$AGENT_TOKEN_FILE"
}

# Usage: start_api [NAME=VALUE…]
start_api() {
    start api -u OPENAI_API_KEY LOG_FORMAT="${LOG_FORMAT:-text}" API_BIND="127.0.0.1:$api_port" \
        DATABASE_URL="$DATA_DIR/todo.sqlite3" AGENT_URL="http://127.0.0.1:$agent_port" \
        AGENT_TOKEN_FILE="$AGENT_TOKEN_FILE" JWT_SECRET_FILE="$JWT_SECRET_FILE" "$@"
}

# Usage: wait_ready NAME PORT: until the service may take traffic; fails when one of them has ended.
wait_ready() {
    local tries
    for ((tries = 0; tries < 600; tries++)); do
        [[ $(get "$2" /readyz | head -n 1) == *" 200 "* ]] && return
        all_run || return 1
        sleep 0.05
    done
    say "$1 was not ready within 30 seconds"
    return 1
}

# Whether every service runs; says which one does not.
all_run() {
    local i
    for i in "${!pids[@]}"; do
        if ! kill -0 "${pids[$i]}" 2>/dev/null; then
            say "todo-${names[$i]} has ended; its last lines above say why"
            return 1
        fi
    done
}

# Ends the services, the one that others need last.
end_all() {
    local i
    for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
        kill -TERM "${pids[$i]}" 2>/dev/null || true
    done
    wait "${pids[@]}" 2>/dev/null || true
    names=() pids=()
}

# One sentence about the planner at work.
planner() {
    local info
    info=$(get "$agent_port" /v1/info "authorization: Bearer $(<"$AGENT_TOKEN_FILE")")
    if [[ $info == *'"default":"openai"'* ]]; then
        sed -n 's/.*"model":"\([^"]*\)".*/model \1/p' <<<"$info"
    else
        echo "the built-in one (no model key; OPENAI_API_KEY or OPENAI_BASE_URL sets a model)"
    fi
}
