import { authorize } from "../../auth/policy.js";
import type { Viewer } from "../../auth/viewer.js";
import type { ValuesOf } from "../../db/column-type.js";
import type { Sql } from "../../db/statement.js";
import type { AuditEntry } from "../../generated/prisma/client.js";
import { invalid } from "../../input/validate.js";
import { type AuditCheck, AuditFaultKind, CHECKED_MAX } from "./audit-check.type.js";
import { auditEntriesBehind, findAuditEntry, findAuditHead, findLastKeyed } from "./audit-entry.sql.js";
import { type AuditKeys, NO_HASH } from "./audit-keys.js";

/** Lines that one statement reads. */
const STATEMENT_MAX = 500;

/** How far a check has come: the last line that is sound, and its hash. */
interface Place {
  readonly sequence: bigint;
  readonly hash: string;
  /** Null before the first line. */
  readonly line: AuditEntry | null;
}

type Fault = { readonly sequence: bigint; readonly kind: AuditFaultKind };
type Head = ValuesOf<typeof findAuditHead.row>;

/** Checks that the audit is as it was written. */
export class AuditCheckService {
  constructor(
    private readonly sql: Sql,
    private readonly keys: AuditKeys,
  ) {}

  /**
   * Checks the lines behind a sequence, up to where the chain ended when the check began, and at most CHECKED_MAX. It stops
   * at the first fault. It reads parts of a bounded size, without a transaction: lines never change. Throws INVALID_INPUT
   * if there is no line with the sequence.
   */
  async check(viewer: Viewer, after: number): Promise<AuditCheck> {
    authorize(viewer, "audit.check");
    const [head] = await this.sql.run(findAuditHead, {});
    if (!head) throw new Error("The audit has no head.");
    let place = await this.begin(after, head);
    const begin = place.sequence;
    const until = head.lastSequence < begin + BigInt(CHECKED_MAX) ? head.lastSequence : begin + BigInt(CHECKED_MAX);
    let fault: Fault | null = null;
    while (!fault && place.sequence < until) {
      const step = await this.step(place, until);
      fault = step.fault;
      place = step.place;
    }
    const isComplete = fault !== null || place.sequence === head.lastSequence;
    if (!fault && isComplete) fault = await this.faultOfEnd(place, head);
    return {
      isSound: isComplete && fault === null,
      isComplete,
      checkedLines: Number(place.sequence - begin),
      lastSequence: Number(place.sequence),
      lastHash: place.hash,
      fault: fault && { sequence: Number(fault.sequence), kind: fault.kind },
    };
  }

  private async begin(after: number, head: Head): Promise<Place> {
    if (after === 0) return { sequence: 0n, hash: NO_HASH, line: null };
    const [line] = after > 0 ? await this.sql.run(findAuditEntry, { sequence: BigInt(after) }) : [];
    if (!line) throw invalid("after", `must be 0 or the sequence of a line, at most ${head.lastSequence}`, after);
    return { sequence: line.sequence, hash: line.hash, line };
  }

  private async step(from: Place, until: bigint): Promise<{ place: Place; fault: Fault | null }> {
    let place = from;
    const linesMax = Number(until - from.sequence < BigInt(STATEMENT_MAX) ? until - from.sequence : STATEMENT_MAX);
    const lines = await this.sql.run(auditEntriesBehind, { sequence: from.sequence, linesMax });
    for (const line of lines) {
      const sequence = place.sequence + 1n;
      const kind = line.sequence === sequence ? this.kindOfFault(line, place) : AuditFaultKind.MISSING;
      if (kind) return { place, fault: { sequence, kind } };
      place = { sequence, hash: line.hash, line };
    }
    const isShort = lines.length < linesMax;
    return { place, fault: isShort ? { sequence: place.sequence + 1n, kind: AuditFaultKind.MISSING } : null };
  }

  private kindOfFault(line: AuditEntry, before: Place): AuditFaultKind | null {
    const hash = this.keys.hashOf(line);
    if (hash === null) return AuditFaultKind.UNKNOWN_KEY;
    if (hash !== line.hash) return AuditFaultKind.CHANGED;
    if (line.previousHash !== before.hash) return AuditFaultKind.DETACHED;
    // Whoever has no key could put such a line in the place of the newest ones. No later line makes it good.
    const isNotKeyed = line.keyFingerprint === null && before.line != null && before.line.keyFingerprint !== null;
    return isNotKeyed ? AuditFaultKind.NOT_KEYED : null;
  }

  /** What is wrong with the end of the chain, all of whose lines are sound. */
  private async faultOfEnd({ sequence, hash, line }: Place, head: Head): Promise<Fault | null> {
    const [next] = await this.sql.run(auditEntriesBehind, { sequence, linesMax: 1 });
    const [now] = await this.sql.run(findAuditHead, {});
    const end = { sequence: sequence + 1n, kind: AuditFaultKind.END };
    // A line behind the end may have been written since then. Then the head has gone on, too.
    if (head.lastHash !== hash || (next && now?.lastSequence === head.lastSequence)) return end;
    if (!line) return null;
    if (this.keys.sealOf(line, hash) !== head.seal) return end;
    if (line.keyFingerprint !== null || this.keys.current === null) return null;
    // A key that is new vouches for all lines before its first one. Behind the last one nothing does, wherever a check began.
    const [keyed] = await this.sql.run(findLastKeyed, {});
    return keyed ? { sequence: keyed.sequence + 1n, kind: AuditFaultKind.NOT_KEYED } : null;
  }
}
