import { signalled } from "../signalled.js";
import type { Behaviour } from "./upstream-behaviours.js";

/** A behaviour that waits until it is released. */
export function heldBack(behaviour: Behaviour) {
  const [arrived, released] = [signalled<void>(), signalled<void>()];
  const held: Behaviour = (exchange) => {
    arrived.resolve();
    void released.promise.then(() => behaviour(exchange));
  };
  return { held, arrived: arrived.promise, release: released.resolve };
}
