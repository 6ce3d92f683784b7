import { createHash } from "node:crypto";
import type { Db } from "../../db/client.js";
import type { Sql } from "../../db/statement.js";
import { inTransaction, type Transaction } from "../../db/transaction.js";
import { DomainError } from "../../lib/errors.js";
import { newId } from "../../lib/ids.js";
import { forgetKeys, recallKey, takeKey } from "./idempotency-keys.sql.js";

/** How long a key is remembered. */
export const IDEMPOTENCY_KEPT_MS = 24 * 3_600_000;
export const IDEMPOTENCY_KEY_LENGTH_MAX = 255;

/** Operations that share keys: run, start and stream of a call are one. */
export type OperationFamily =
  | "llm-call"
  | "create-job"
  | "add-credits"
  | "adjust-credits"
  | "grant-pool"
  | "transfer-credits";

/** A request that is carried out once, however often it is sent. */
export interface Claim {
  /** Whose keys: a team's, or the admin's. */
  readonly scope: string;
  readonly family: OperationFamily;
  readonly key: string;
  readonly inputHash: Uint8Array<ArrayBuffer>;
}

/**
 * The claim of a request; null if it has no idempotency key. The key itself is not part of the input that is compared. A
 * field that is null or empty is the same as one that is left out.
 */
export function claimOf(
  scope: string,
  family: OperationFamily,
  key: string | null | undefined,
  input: object,
): Claim | null {
  return key == null ? null : { scope, family, key, inputHash: hashOf(input) };
}

/** The SHA-256 of an input without its idempotency key. */
export function hashOf(input: object): Claim["inputHash"] {
  const given = Object.entries(input).filter(([name, value]) => name !== "idempotencyKey" && !isEmpty(value));
  const text = JSON.stringify(Object.fromEntries(given), withSortedNames);
  return new Uint8Array(createHash("sha256").update(text).digest());
}

/** A claim as a statement reads it that writes keys itself. It has none of these columns if there is no claim. */
export interface ClaimColumns extends Partial<Omit<Claim, "inputHash">> {
  /** In hexadecimal digits. */
  readonly inputHash?: string;
}

export const claimColumns = (claim: Claim | null): ClaimColumns =>
  claim ? { ...claim, inputHash: Buffer.from(claim.inputHash).toString("hex") } : {};

export class IdempotencyKeys {
  constructor(
    private readonly db: Db,
    private readonly sql: Sql,
  ) {}

  /**
   * Carries something out once. `work` runs in a transaction and gets the id of what it creates. A repeated request gets
   * what `again` returns for that id. Without a claim the work is carried out each time.
   */
  async once<Result>(
    claim: Claim | null,
    work: (transaction: Transaction, id: string) => Promise<Result>,
    again: (id: string) => Promise<Result>,
  ): Promise<Result> {
    const earlier = claim && (await this.recall(claim));
    if (earlier) return again(earlier);
    const id = newId();
    const done = await inTransaction(this.db, async (transaction) => {
      if (claim && !(await this.take(transaction, claim, id))) return null;
      return { result: await work(transaction, id) };
    });
    // Null: another request with the same key was faster.
    return done ? done.result : this.once(claim, work, again);
  }

  /**
   * Does work that writes the key itself, in the statement that does it. If it is refused, for whatever reason, and the
   * request is a repeated one, it gets what `again` returns for the id of what the first request brought about.
   */
  async orEarlier<Result>(
    claim: Claim | null,
    work: () => Promise<Result>,
    again: (id: string) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await work();
    } catch (refusal) {
      const earlier = claim && (await this.recall(claim));
      if (earlier === null) throw refusal;
      return again(earlier);
    }
  }

  /**
   * The id of what the first request with this key brought about. Null if there was none in the last 24 hours. Throws
   * IDEMPOTENCY_CONFLICT if that request had another input.
   */
  async recall(claim: Claim): Promise<string | null> {
    const { scope, family, key } = claim;
    const [known] = await this.sql.run(recallKey, { scope, family, key, keptMs: IDEMPOTENCY_KEPT_MS });
    if (!known) return null;
    if (Buffer.compare(known.inputHash, claim.inputHash) === 0) return known.resultId;
    throw new DomainError("IDEMPOTENCY_CONFLICT");
  }

  /**
   * Writes the key with the id of what the transaction creates. Returns whether this request is the first with the key.
   * Waits for another transaction that is writing the same key. If the transaction fails later, nothing is remembered.
   */
  async take({ sql }: Transaction, claim: Claim, resultId: string): Promise<boolean> {
    const taken = await sql.run(takeKey, { ...claim, resultId, keptMs: IDEMPOTENCY_KEPT_MS });
    return taken.length > 0;
  }

  /** Forgets keys that are older than 24 hours: at most `batchMax` of them. Returns how many. */
  async forgetOld(batchMax: number): Promise<number> {
    return (await this.sql.run(forgetKeys, { keptMs: IDEMPOTENCY_KEPT_MS, batchMax })).length;
  }
}

const isEmpty = (value: unknown): boolean =>
  value == null || (typeof value === "object" && !(value instanceof Date) && Object.keys(value).length === 0);

/**
 * Sorts the names of objects, so that the same input becomes the same text in whatever order its names came. An integer
 * that no double can hold becomes an object, because it is another input than the text of its digits.
 */
function withSortedNames(_name: string, value: unknown): unknown {
  if (typeof value === "bigint") return { integer: String(value) };
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
