/**
 * What Redis does with limits. One run of the script carries out many steps in their order, and is one moment for
 * everybody, so that no two processes can take the same place. Times are those of Redis.
 *
 * KEYS are all that the steps name, each once. A minute is a hash with what is used of it and when it ends. Calls at once
 * are a sorted set of slots, each with the time until which it counts if nobody renews it. What a key holds is read when
 * the first step needs it. A minute is written once, at the end. What is no counter is removed, so that a key which somebody
 * else has written does not end the steps of all others. So is a minute that would end much too late, because the clock
 * of Redis was set back.
 *
 * ARGV: the kind of each key as one letter (R, T or C), the lease and the length of a minute in milliseconds, and the steps
 * as JSON. A step is a list that begins with its name, and names keys by their position:
 *
 *   take, slot, tokens, then of each key its greatest value and 1 if it is enforced: counts a call by all, or by none if
 *     one refuses it.
 *   look, the same: counts nothing, and answers as if the call were refused.
 *   change, slot, then of each key when the minute ends in which the call was counted, and by how much that was wrong. If
 *     that minute is over, only more counts, in the present one. A slot is given back.
 *   renew, then slots, each after its key. Makes them again if Redis has lost them.
 *   forget, then keys.
 *
 * Answers JSON: the time, and then of each key of each take and look whether the call goes beyond it, what is used, and
 * when its minute ends.
 */
export const COUNT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local kinds, lease, minute = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local states, answer, steps = {}, { now }, {}

local function stateOf(index)
  local state = states[index]
  if state then return state end
  local key = KEYS[index]
  state = { kind = string.sub(kinds, index, index), used = 0 }
  if state.kind == 'C' then
    if type(redis.pcall('ZREMRANGEBYSCORE', key, '-inf', now)) == 'table' then redis.call('DEL', key) end
    state.used = redis.call('ZCARD', key)
  else
    local window = redis.pcall('HMGET', key, 'used', 'ends')
    if window.err then redis.call('DEL', key) end
    local used, ends = tonumber(window[1] or nil), tonumber(window[2] or nil)
    if used and ends and ends > now and ends <= now + 2 * minute then state.used, state.ends = used, ends end
  end
  states[index] = state
  return state
end

local function add(state, by)
  state.used = math.max(0, state.used + by)
  state.ends = state.ends or now + minute
  state.isChanged = true
end

local function hold(index, slot)
  local state = stateOf(index)
  state.used = state.used + redis.call('ZADD', KEYS[index], now + lease, slot)
  state.isHeld = true
end

function steps.take(step, isLook)
  local slot, tokens, found, refused = step[2], step[3], {}, isLook
  for at = 4, #step, 3 do
    local state, max = stateOf(step[at]), step[at + 1]
    local cost = state.kind == 'T' and math.min(tokens, max) or 1
    local over = state.used + cost > max
    if over and step[at + 2] == 1 then refused = true end
    table.insert(found, { index = step[at], state = state, cost = cost, over = over, used = state.used })
  end
  for _, one in ipairs(found) do
    if not refused then
      if one.state.kind == 'C' then hold(one.index, slot) elseif not one.over then add(one.state, one.cost) end
      if not one.over then one.used = one.used + one.cost end
    end
    table.insert(answer, one.over and 1 or 0)
    table.insert(answer, one.used)
    table.insert(answer, one.state.kind == 'C' and now or one.state.ends or now + minute)
  end
end

function steps.look(step) steps.take(step, true) end

function steps.change(step)
  for at = 3, #step, 3 do
    local state, by = stateOf(step[at]), step[at + 2]
    if state.kind == 'C' then
      state.used = state.used - redis.call('ZREM', KEYS[step[at]], step[2])
    elseif by > 0 or state.ends == step[at + 1] then
      add(state, by)
    end
  end
end

function steps.renew(step)
  for at = 2, #step, 2 do hold(step[at], step[at + 1]) end
end

function steps.forget(step)
  for at = 2, #step do
    redis.call('DEL', KEYS[step[at]])
    states[step[at]] = nil
  end
end

for _, step in ipairs(cjson.decode(ARGV[4])) do steps[step[1]](step) end
for index, state in pairs(states) do
  if state.isHeld then redis.call('PEXPIRE', KEYS[index], lease) end
  if state.isChanged then
    redis.call('HSET', KEYS[index], 'used', state.used, 'ends', state.ends)
    redis.call('PEXPIREAT', KEYS[index], state.ends)
  end
end
return cjson.encode(answer)`;
