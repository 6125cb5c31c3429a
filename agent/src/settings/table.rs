/// Every setting with its default and meaning, as `--help` shows it.
pub const TABLE: &str = "\
Settings (environment variables; those marked * may come from a file instead: NAME_FILE=/path):
  AGENT_TOKEN *             shared with the api, at least 16 characters [derived from JWT_SECRET]
  JWT_SECRET *              the api's; needed only where AGENT_TOKEN is not set
  AGENT_BIND                where to listen [127.0.0.1:8010]
  METRICS_BIND              where to serve Prometheus metrics on /metrics [off]
  AGENT_WORKERS             threads [number of processors, at most 2]
  SHUTDOWN_DELAY            how long to go on serving after SIGTERM [0s]
  SHUTDOWN_TIMEOUT          how long running steps get after that [25s]
  LOG_FORMAT                auto, text or json [auto: text on a terminal]
  RUST_LOG                  what is logged [info]
  PLANNER                   auto, openai or builtin [auto: openai if a key or a base URL is set]

  OPENAI_API_KEY *          the key; local servers need none
  OPENAI_BASE_URL           any OpenAI-compatible endpoint [https://api.openai.com/v1]
  OPENAI_MODEL              the model [gpt-5.4-mini at api.openai.com, else required]
  OPENAI_API                auto, chat (Chat Completions) or responses [auto: by host, then by what works]
  OPENAI_TIMEOUT            for a whole step [60s]
  OPENAI_IDLE_TIMEOUT       silence within an answer [30s]
  OPENAI_CONNECT_TIMEOUT    to connect [10s]
  OPENAI_MAX_OUTPUT_TOKENS  most tokens of an answer [4096]
  OPENAI_HISTORY_TOKENS     most tokens of conversation sent along, by estimate [12000]
  OPENAI_RETRIES            how often a failed request is sent again [2]
  OPENAI_REASONING_EFFORT   none, minimal, low, medium, high or xhigh [low with the default model, else its own]
  OPENAI_TEMPERATURE        a number [the model's default]
  HTTPS_PROXY, NO_PROXY     honoured, but never for a server on this machine

docs/models.md shows how to use OpenAI, Ollama, llama.cpp, LM Studio, OpenRouter and others.";
