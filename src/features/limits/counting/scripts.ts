// What Redis does with limits. A script is one step for everybody, so that no two processes can take the same place.
// Times are those of Redis. A minute is a hash with what is used of it and when it ends. Calls at once are a sorted set of
// slots, each with the time until which it counts if nobody renews it.

const NOW = `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

const WINDOW_OF = `local function windowOf(key)
  local window = redis.call('HMGET', key, 'used', 'ends')
  local ends = tonumber(window[2] or 0)
  if ends > now then return tonumber(window[1]), ends end
  return nil
end
local function write(key, used, ends)
  redis.call('HSET', key, 'used', used, 'ends', ends)
  redis.call('PEXPIREAT', key, ends)
end
`;

/**
 * Counts a call by all limits, or by none if one refuses it. ARGV: the slot, the lease and the length of a minute in
 * milliseconds, and of each key its kind, cost, greatest value, and 1 if it is enforced. Answers of each key: whether the
 * call goes beyond it, what is used, in how many milliseconds its minute is over, and when.
 */
export const TAKE = `${NOW}${WINDOW_OF}
local slot, lease, minute = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local found, refused = {}, false
for i, key in ipairs(KEYS) do
  local at = i * 4
  local kind, cost, max = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local used, ends
  if kind == 'CONCURRENCY' then
    redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
    used, ends = redis.call('ZCARD', key), now
  else
    used, ends = windowOf(key)
    if not used then used, ends = 0, now + minute end
  end
  local over = used + cost > max
  if over and ARGV[at + 3] == '1' then refused = true end
  found[i] = { kind = kind, cost = cost, used = used, ends = ends, over = over }
end
local answer = {}
for i, key in ipairs(KEYS) do
  local one = found[i]
  if not refused then
    if one.kind == 'CONCURRENCY' then
      redis.call('ZADD', key, now + lease, slot)
      redis.call('PEXPIRE', key, lease)
    elseif not one.over then
      write(key, one.used + one.cost, one.ends)
    end
    if not one.over then one.used = one.used + one.cost end
  end
  table.insert(answer, one.over and 1 or 0)
  table.insert(answer, one.used)
  table.insert(answer, one.ends - now)
  table.insert(answer, one.ends)
end
return answer`;

/**
 * Corrects what a call has taken. ARGV: the slot, the length of a minute, and of each key its kind, when the minute ends in
 * which the call was counted, and by how much. If that minute is over, only more counts, in the present one.
 */
export const CHANGE = `${NOW}${WINDOW_OF}
local slot, minute = ARGV[1], tonumber(ARGV[2])
for i, key in ipairs(KEYS) do
  local at = i * 3
  local kind, counted, by = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  if kind == 'CONCURRENCY' then
    redis.call('ZREM', key, slot)
  else
    local used, ends = windowOf(key)
    if used and ends == counted then
      write(key, math.max(0, used + by), ends)
    elseif by > 0 then
      write(key, (used or 0) + by, ends or now + minute)
    end
  end
end
return 1`;

/** Renews slots, and makes them again if Redis has lost them. ARGV: the lease, and the slot of each key. */
export const RENEW = `${NOW}
local lease = tonumber(ARGV[1])
for i, key in ipairs(KEYS) do
  redis.call('ZADD', key, now + lease, ARGV[i + 1])
  redis.call('PEXPIRE', key, lease)
end
return 1`;

/** Forgets minutes. */
export const FORGET = "return redis.call('DEL', unpack(KEYS))";
