-- What wrk sends: the paths of a file, one after the other, with the cookie of one session; and what it prints at its end.
-- Environment: OPEN_CASE_PATHS, OPEN_CASE_COOKIE, OPEN_CASE_SKIP (how many paths earlier runs have asked for).
local requests = {}
local at = tonumber(os.getenv("OPEN_CASE_SKIP"))

function init(_)
    for path in io.lines(os.getenv("OPEN_CASE_PATHS")) do
        requests[#requests + 1] = wrk.format("GET", path, { Host = wrk.host, Cookie = os.getenv("OPEN_CASE_COOKIE") })
    end
end

function request()
    at = at % #requests + 1
    return requests[at]
end

function done(summary, latency, _)
    local errors = summary.errors
    print(string.format('{"requests": %d, "seconds": %f, "p50": %f, "p99": %f, "failed": %d}',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
