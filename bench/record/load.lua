-- The load: every request appends one entry with an id of its own.
--
-- wrk ... URL -- TOKEN SUBJECTS ANSWERS THREADS HEAD
--
-- SUBJECTS is a file with what an answer is about on each line. They come in an order that is made
-- anew for each run, and threads share them out. HEAD is the last sequence of the
-- record. What the server answers is written to ANSWERS.1 and so on, a line each: its status and
-- its body. At the end one line of JSON with the figures is printed.

local ffi = require("ffi")
ffi.cdef([[
  typedef struct { long seconds; long nanoseconds; } moment;
  int clock_gettime(int clock, moment *now);
]])

local answers = { "sufficient", "insufficient", "not-applicable" }
local format, random, match = string.format, math.random, string.match

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

local now = ffi.new("moment")
local subjects, place, over, head, written = {}, 0, 0, "", nil

local function milliseconds()
  ffi.C.clock_gettime(0, now)
  return tonumber(now.seconds) * 1000 + math.floor(tonumber(now.nanoseconds) / 1000000)
end

local function seed()
  local file = assert(io.open("/dev/urandom", "rb"))
  local value = 0
  for byte in file:read(6):gmatch(".") do value = value * 256 + byte:byte() end
  file:close()
  math.randomseed(value)
end

function init(arguments)
  local token, file, answered, threads, last = unpack(arguments)
  seed()
  local line = 0
  for subject in io.lines(file) do
    line = line + 1
    if line % tonumber(threads) == number - 1 then subjects[#subjects + 1] = subject end
  end
  for one = #subjects, 2, -1 do
    local other = random(one)
    subjects[one], subjects[other] = subjects[other], subjects[one]
  end
  over = tonumber(last)
  written = assert(io.open(answered .. "." .. number, "w"))
  written:setvbuf("full", 1048576)
  local address = wrk.path
  head = "POST " .. address .. " HTTP/1.1\r\nHost: " .. wrk.headers["Host"]
    .. "\r\nAuthorization: Bearer " .. token
    .. "\r\nContent-Type: application/json\r\nContent-Length: "
end

-- A UUID of version 7: the time in 48 bits, and 74 bits of chance.
local function id()
  local time = milliseconds()
  return format(
    "%08x-%04x-7%03x-%04x-%06x%06x", math.floor(time / 65536), time % 65536,
    random(0, 0xfff), random(0x8000, 0xbfff), random(0, 0xffffff), random(0, 0xffffff))
end

function request()
  place = place % #subjects + 1
  local body = '{"entries":[{"id":"' .. id() .. '","event":"answer-given","subject":"'
    .. subjects[place] .. '","over":' .. over .. ',"values":{"answer":"' .. answers[random(3)]
    .. '"},"sealed":{"note":"Seen on the file, and said by the officer too"}}]}'
  return head .. #body .. "\r\n\r\n" .. body
end

function response(status, _, body)
  written:write(status, " ", (body:gsub("\n", " ")), "\n")
  local sequence = tonumber(match(body, '"sequence": ?(%d+)'))
  if sequence and sequence > over then over = sequence end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(format(
    '{"seconds":%.6f,"requests":%d,"broken":%d,"p50":%.3f,"p99":%.3f}\n',
    summary.duration / 1e6, summary.requests,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
