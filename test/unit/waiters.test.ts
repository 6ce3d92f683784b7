import { expect, it } from "vitest";
import { Waiters } from "../../src/lib/async/waiters.js";

const never = new AbortController().signal;

it("Everyone who waits is woken once.", async () => {
  const waiters = new Waiters();
  const woken: string[] = [];
  for (const name of ["a", "b"]) void waiters.next(never).then(() => woken.push(name));
  waiters.wake();
  waiters.wake();
  await Promise.resolve();
  expect(woken).toEqual(["a", "b"]);
  expect(waiters.count).toBe(0);
});

it("A waiter that waits again at the moment it is woken waits for the next time.", async () => {
  const waiters = new Waiters();
  const again = waiters.next(never).then(() => waiters.next(never));
  waiters.wake();
  await Promise.resolve();
  expect(waiters.count).toBe(1);
  waiters.wake();
  await again;
});

it("A waiter that leaves is woken alone, and leaves nothing behind.", async () => {
  const waiters = new Waiters();
  const left = new AbortController();
  const stays = waiters.next(never);
  for (let visits = 0; visits < 3; visits++) {
    const leaver = new AbortController();
    const leaves = waiters.next(leaver.signal);
    leaver.abort();
    await leaves;
  }
  expect(waiters.count).toBe(1);
  left.abort();
  await waiters.next(left.signal);
  expect(waiters.count).toBe(1);
  waiters.wake();
  await stays;
});
