-- One kind of request for wrk, and one line of result: name, requests/s, p50 and p99 in ms, errors.
local name, method, path, body = os.getenv("NAME"), os.getenv("METHOD"), os.getenv("REQUEST_PATH"), os.getenv("BODY")
local count = 0

wrk.method = method
if os.getenv("TOKEN") ~= "" then wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN") end
if body ~= "" then wrk.headers["Content-Type"] = "application/json" end

function request()
  count = count + 1
  local sent = nil
  if body ~= "" then sent = body:gsub("{n}", tostring(count)) end
  return wrk.format(nil, path, nil, sent)
end

function done(summary, latency, _)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("| %-22s | %9.0f | %8.2f | %8.2f | %6d |\n", name, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, failed))
end
