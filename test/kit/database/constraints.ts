import { afterAll, beforeAll, expect } from "vitest";
import { newId } from "../../../src/lib/ids.js";
import { createDatabase, type TestDatabase } from "./database.js";

export type Row = Readonly<Record<string, unknown>>;

export const NOW = "2026-03-01T12:00:00.000Z";

/**
 * A database for all tests of a file, which write to it with plain SQL: it must refuse wrong states by itself, whatever
 * the code above it does. Each refused row differs from an accepted one only in what the test gives.
 */
export function useConstrainedDatabase(): ConstrainedDatabase {
  const database = new ConstrainedDatabase();
  beforeAll(() => database.open());
  afterAll(() => database.close());
  return database;
}

class ConstrainedDatabase {
  private database: TestDatabase | undefined;

  async open(): Promise<void> {
    this.database = await createDatabase("embedded");
    await this.insert("organizations", { id: "acme", name: "Acme", created_at: NOW, updated_at: NOW });
  }

  async close(): Promise<void> {
    await this.database?.close();
  }

  get db(): TestDatabase["db"] {
    if (!this.database) throw new Error("The database is there only inside tests.");
    return this.database.db;
  }

  /** Columns that are not given take their defaults. */
  readonly insert = async (table: string, row: Row): Promise<void> => {
    const columns = Object.keys(row).join(", ");
    await this.run(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_record(NULL::${table}, $1::json)`,
      JSON.stringify(row),
    );
  };

  readonly run = (sql: string, ...parameters: unknown[]): Promise<number> =>
    this.db.$executeRawUnsafe(sql, ...parameters);

  openAccount(): Promise<Account> {
    return new Account(this.insert, this.run).open();
  }
}

/** A refusal that names this constraint. */
export async function refused(constraint: string, attempt: Promise<unknown>): Promise<void> {
  await expect(attempt).rejects.toThrow(constraint);
}

/** A team that was granted 2 credits, one of which is held for an open job. It makes the rows that may come next. */
export class Account {
  readonly teamId = `team-${newId()}`;
  readonly jobId = newId();
  readonly nextJobId = newId();
  readonly holdId = newId();

  constructor(
    private readonly insert: ConstrainedDatabase["insert"],
    private readonly run: ConstrainedDatabase["run"],
  ) {}

  async open(): Promise<this> {
    const { teamId, jobId, nextJobId, holdId } = this;
    await this.insert("teams", {
      id: teamId,
      organization_id: "acme",
      alias: teamId,
      created_at: NOW,
      updated_at: NOW,
    });
    for (const id of [jobId, nextJobId]) await this.insert("jobs", this.job({ id }));
    await this.insert("credit_balances", { account_id: teamId, team_id: teamId });
    await this.insert(
      "credit_entries",
      this.entry({ kind: "GRANT", sequence: 1, credits: 2, availableBefore: 0, heldBefore: 0, allocatedBefore: 0 }),
    );
    const hold = { id: holdId, sequence: 2, availableBefore: 2, heldBefore: 0, jobId };
    await this.insert("credit_entries", this.hold(hold));
    await this.run(
      "UPDATE credit_balances SET allocated = 2, available = 1, held = 1, last_sequence = 2 WHERE account_id = $1",
      teamId,
    );
    return this;
  }

  /** The team's third entry, which grants 1 credit. */
  entry({
    kind = "GRANT",
    sequence = 3,
    credits = 1,
    held = 0,
    availableBefore = 1,
    heldBefore = 1,
    allocatedBefore = 2,
    jobId,
    jobSequence,
    jobHeldBefore,
    ...rest
  }: EntryOptions = {}): Row {
    const ofJob = jobSequence !== undefined && jobHeldBefore !== undefined;
    return {
      id: newId(),
      account_id: this.teamId,
      sequence,
      kind,
      credits,
      held_credits: held,
      available_after: availableBefore + credits,
      held_after: heldBefore + held,
      previous_sequence: sequence === 1 ? null : sequence - 1,
      available_before: availableBefore,
      held_before: heldBefore,
      allocated_before: allocatedBefore,
      allocated_after: allocatedBefore + (jobId === undefined ? credits : 0),
      job_id: jobId,
      job_sequence: jobSequence,
      previous_job_sequence: ofJob && jobSequence > 1 ? jobSequence - 1 : null,
      job_held_before: jobHeldBefore,
      job_held_after: ofJob ? jobHeldBefore + held : null,
      actor: "admin",
      created_at: NOW,
      ...rest,
    };
  }

  post(row: EntryOptions = {}): Row {
    return this.entry({
      kind: "POST",
      credits: 0,
      held: -1,
      jobId: this.jobId,
      jobSequence: 2,
      jobHeldBefore: 1,
      ...row,
    });
  }

  hold(row: EntryOptions = {}): Row {
    return this.entry({
      kind: "HOLD",
      credits: -1,
      held: 1,
      jobId: this.nextJobId,
      jobSequence: 1,
      jobHeldBefore: 0,
      ...row,
    });
  }

  job(row: Row = {}): Row {
    return { id: newId(), team_id: this.teamId, job_type: "test", created_at: NOW, expires_at: NOW, ...row };
  }

  /** A running call of the job. */
  call(row: Row = {}): Row {
    return { id: newId(), job_id: this.jobId, model_group: "ChatFast", created_at: NOW, lease_until: NOW, ...row };
  }
}

export interface EntryOptions extends Row {
  readonly kind?: string;
  readonly sequence?: number;
  readonly credits?: number;
  readonly held?: number;
  readonly availableBefore?: number;
  readonly heldBefore?: number;
  readonly allocatedBefore?: number;
  readonly jobId?: string;
  readonly jobSequence?: number;
  readonly jobHeldBefore?: number;
}
