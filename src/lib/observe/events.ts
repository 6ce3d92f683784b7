import { EventEmitter } from "node:events";
import type { Facts } from "./facts.js";

/**
 * Tells what happens in the gateway to whoever watches it, such as its log and its metrics. Those who tell a fact do not
 * know who watches. A watcher is called at once, and if it throws, the work that it watches goes on all the same: it may
 * just have been committed.
 */
export class Events {
  private readonly emitter = new EventEmitter<{ [Name in keyof Facts]: [Facts[Name]] }>();

  constructor(private readonly onFault: (error: unknown) => void) {}

  on<Name extends keyof Facts>(name: Name, watch: (fact: Facts[Name]) => void): void {
    const watcher = (fact: Facts[Name]) => {
      try {
        watch(fact);
      } catch (error) {
        this.onFault(error);
      }
    };
    (this.emitter as EventEmitter).on(name, watcher);
  }

  tell<Name extends keyof Facts>(name: Name, fact: Facts[Name]): void {
    (this.emitter as EventEmitter).emit(name, fact);
  }
}
