/**
 * What a running call and the client that follows it are reckoned to hold in memory. Measured with 500 streams over /v1:
 * 51 KiB of heap and 3 KiB of buffers each. The rest is for the text of a long answer and of a long question.
 */
const BYTES_PER_CALL = 128 * 1024;
/** The rest of the heap is for everything else that the process does. */
const SHARE_OF_HEAP = 0.5;
/** More would not get a connection each. */
const RUNNING_MAX = 8_000;
/** A team may use up half of the places, so that one team cannot take them all. */
const SHARE_OF_TEAM = 0.5;

/** How many calls may run at once in a process with this much heap, and how many of one team, if nothing else is set. */
export function runningCallsOf(heapBytes: number): { readonly max: number; readonly ofTeamMax: number } {
  const max = Math.max(2, Math.min(RUNNING_MAX, Math.floor((heapBytes * SHARE_OF_HEAP) / BYTES_PER_CALL)));
  return { max, ofTeamMax: Math.ceil(max * SHARE_OF_TEAM) };
}
