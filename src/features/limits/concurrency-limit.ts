import { DomainError } from "../../lib/errors.js";

export interface PlaceLimits {
  readonly runningMax: number;
  readonly runningOfTeamMax: number;
}

/** How many calls run at once in this process. Beyond the limits a call is refused at once, instead of queueing. */
export class CallPlaces {
  private taken = 0;
  private readonly takenByTeam = new Map<string, number>();

  constructor(private readonly limits: PlaceLimits) {}

  /** Takes a place, until the returned function is called; OVERLOADED where there is none. */
  take(teamId: string): () => void {
    const ofTeam = this.takenByTeam.get(teamId) ?? 0;
    if (ofTeam >= this.limits.runningOfTeamMax)
      throw new DomainError("OVERLOADED", `The team has ${ofTeam} calls running, which is the most it may have.`);
    if (this.taken >= this.limits.runningMax) throw new DomainError("OVERLOADED");
    this.taken += 1;
    this.takenByTeam.set(teamId, ofTeam + 1);
    let isTaken = true;
    return () => {
      if (isTaken) this.giveBack(teamId);
      isTaken = false;
    };
  }

  private giveBack(teamId: string): void {
    this.taken -= 1;
    const left = (this.takenByTeam.get(teamId) ?? 1) - 1;
    if (left > 0) this.takenByTeam.set(teamId, left);
    else this.takenByTeam.delete(teamId);
  }
}
