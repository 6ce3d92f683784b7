import { actorOf, type KnownViewer } from "../../auth/viewer.js";
import type { ValuesOf } from "../../db/column-type.js";
import type { Sql } from "../../db/statement.js";
import type { Transaction } from "../../db/transaction.js";
import { newId } from "../../lib/ids.js";
import type { Act, Shown } from "./act.js";
import { appendAuditEntry, findAuditEntry, lockAuditHead } from "./audit-entry.sql.js";
import type { AuditKeys } from "./audit-keys.js";
import { changedFields } from "./changed-fields.js";

/** Whoever does something of itself, without anybody's credential. */
export interface Gateway {
  readonly kind: "gateway";
  /** In place of the id of a request: what the gateway was doing, such as "delivery". */
  readonly requestId: string;
}

/** No line has this seal. The chain does not end where it did, and its check must go on telling so. */
const BROKEN_SEAL = "";

/**
 * Writes the audit. A line is part of the transaction of its act: it is kept if the act is kept, and only then. The head of
 * the chain is locked until the transaction ends, so recording must come last in it, after all other locks. Then acts
 * wait for each other only at their ends, and never in a ring.
 */
export class AuditTrail {
  constructor(private readonly keys: AuditKeys) {}

  /** Writes the line of an act. */
  async record({ sql }: Transaction, actor: KnownViewer | Gateway, { before, after, ...act }: Act): Promise<void> {
    const [head] = await sql.run(lockAuditHead, {});
    if (!head) throw new Error("The audit has no head.");
    const line = {
      ...act,
      id: newId(),
      sequence: (head.lastSequence ?? 0n) + 1n,
      createdAt: head.now,
      actor: actor.kind === "gateway" ? actor.kind : actorOf(actor),
      requestId: actor.requestId,
      before: textOf(before),
      after: textOf(after),
      keyFingerprint: this.keys.current,
      previousHash: head.lastHash,
    };
    const hash = this.keys.hashOf(line) ?? "";
    const seal = ((await this.isSealed(sql, head)) && this.keys.sealOf(line, hash)) || BROKEN_SEAL;
    await sql.run(appendAuditEntry, { ...line, previousSequence: head.lastSequence, hash, seal });
  }

  /**
   * Whether the head stands where the last act has left it. If it was set back, a new seal would hide that for ever. A seal
   * that was made with a key of another process is left to the check of that process.
   */
  private async isSealed(sql: Sql, head: ValuesOf<typeof lockAuditHead.row>): Promise<boolean> {
    const { lastSequence, lastHash, seal } = head;
    if (lastSequence === null) return seal === "";
    const [last] = await sql.run(findAuditEntry, { sequence: lastSequence });
    if (!last || seal === BROKEN_SEAL) return false;
    return last.hash === lastHash && (this.keys.sealOf(last, lastHash) ?? seal) === seal;
  }

  /**
   * Writes the line of an act that changes something which was there before, and is still there: of both states only what
   * differs. If nothing differs, the act has done nothing, and there is no line.
   */
  async recordChange(
    transaction: Transaction,
    viewer: KnownViewer,
    act: Act & { readonly before: Shown; readonly after: Shown },
  ): Promise<void> {
    const changed = changedFields(plain(act.before), plain(act.after));
    if (Object.keys(changed.before).length + Object.keys(changed.after).length === 0) return;
    await this.record(transaction, viewer, { ...act, ...changed });
  }
}

const textOf = (shown: Shown | null): string | null => shown && JSON.stringify(shown);

/** As it is read again: times are texts, and what is undefined is not there. */
const plain = (shown: Shown): Shown => JSON.parse(JSON.stringify(shown));
