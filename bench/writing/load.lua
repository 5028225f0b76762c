-- The load: every request appends one entry with an id of its own.
--
-- wrk ... URL -- REQUESTS ANSWERS THREADS HEAD
--
-- REQUESTS is a file with a kind of request on each line, between tabs: the headers by which it is
-- let in, the body before the entry, what the answer is about, and how many prompts it answers.
-- They come in an order that is made anew for each run, and threads share them out. HEAD is the
-- last sequence of the record. What the server answers is written to ANSWERS.1 and so on, a line
-- each: its status and its body. At the end one line of JSON with the figures is printed.

local ffi = require("ffi")
ffi.cdef([[
  typedef struct { long seconds; long nanoseconds; } moment;
  int clock_gettime(int clock, moment *now);
]])

local answers = { "sufficient", "insufficient", "not-applicable" }
local words = { "yes", "no", "not-applicable" }
local format, random, match = string.format, math.random, string.match

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

local now = ffi.new("moment")
local requests, place, over, written = {}, 0, 0, nil

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
  local file, answered, threads, last = unpack(arguments)
  seed()
  local first = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.headers["Host"] .. "\r\n"
  local line = 0
  for text in io.lines(file) do
    line = line + 1
    if line % tonumber(threads) == number - 1 then
      local headers, start, subject, prompts = match(text, "^(.-)\t(.-)\t(.-)\t(%d+)$")
      requests[#requests + 1] = {
        head = first .. headers:gsub("\\r\\n", "\r\n")
          .. "Content-Type: application/json\r\nContent-Length: ",
        start = start, subject = subject, prompts = tonumber(prompts),
      }
    end
  end
  for one = #requests, 2, -1 do
    local other = random(one)
    requests[one], requests[other] = requests[other], requests[one]
  end
  over = tonumber(last)
  written = assert(io.open(answered .. "." .. number, "w"))
  written:setvbuf("full", 1048576)
end

-- A UUID of version 7: the time in 48 bits, and 74 bits of chance.
local function id()
  local time = milliseconds()
  return format(
    "%08x-%04x-7%03x-%04x-%06x%06x", math.floor(time / 65536), time % 65536,
    random(0, 0xfff), random(0x8000, 0xbfff), random(0, 0xffffff), random(0, 0xffffff))
end

local function said(prompts)
  local values = '"answer":"' .. answers[random(3)] .. '"'
  if prompts == 0 then return values end
  for one = 1, prompts do values = values .. ',"p' .. one .. '":"' .. words[random(3)] .. '"' end
  return values .. ',"note":true'
end

function request()
  place = place % #requests + 1
  local kind = requests[place]
  local body = kind.start .. '{"id":"' .. id() .. '","event":"answer-given","subject":"'
    .. kind.subject .. '","over":' .. over .. ',"values":{' .. said(kind.prompts)
    .. '},"sealed":{"note":"Seen on the file, and said by the officer too"}}]}'
  return kind.head .. #body .. "\r\n\r\n" .. body
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
