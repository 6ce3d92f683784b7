import type { Viewer } from "../../auth/viewer.js";
import type { Db } from "../../db/database.js";
import { queryRows } from "../../db/rows.js";
import { Prisma } from "../../generated/prisma/client.js";
import { abortable, type Leavable } from "../../lib/abortable.js";
import type { Clock } from "../../lib/clock.js";
import { DomainError } from "../../lib/errors.js";
import { RowWatch, type Version } from "../../streams/row-watch.js";

/** A stream ends within this time after its key was revoked or its team suspended, by whichever process. */
const LOOK_EVERY_MS = 500;

/** Ends streams whose viewer has lost access since they began. */
export class LiveViewers {
  private readonly watch: RowWatch;
  private readonly streams = new Set<AbortController>();

  constructor(db: Db, clock: Clock) {
    this.watch = new RowWatch((keyIds) => accessOf(db, clock.now(), keyIds), LOOK_EVERY_MS);
  }

  /** How many streams there are. */
  get count(): number {
    return this.streams.size;
  }

  /** Looks at once, for who has just changed an access. */
  refresh(): Promise<void> {
    return this.watch.lookNow();
  }

  /**
   * Yields what `make` does, for as long as the viewer may read; then throws UNAUTHENTICATED or TEAM_SUSPENDED, and
   * UNAVAILABLE where the gateway stops. The signal given to `make` aborts then, and when the reader leaves.
   */
  whileAllowed<Item>(viewer: Viewer, make: Make<Item>): Leavable<Item> {
    return abortable((left) => this.guarded(viewer, make, left));
  }

  /** Ends all streams: the gateway stops. */
  close(): void {
    for (const stream of this.streams) stream.abort(new DomainError("UNAVAILABLE", "The gateway is stopping."));
  }

  private async *guarded<Item>(
    viewer: Viewer,
    make: Make<Item>,
    left: AbortSignal,
  ): AsyncGenerator<Item, void, undefined> {
    const stream = new AbortController();
    this.streams.add(stream);
    left.addEventListener("abort", () => stream.abort(), { once: true });
    if (viewer.kind === "team") void this.watchKey(viewer.keyId, stream);
    try {
      yield* make(stream.signal);
      if (stream.signal.reason instanceof DomainError) throw stream.signal.reason;
    } finally {
      this.streams.delete(stream);
      stream.abort();
    }
  }

  private async watchKey(keyId: string, stream: AbortController): Promise<void> {
    for await (const access of this.watch.versions(keyId, stream.signal)) {
      if (access === "SUSPENDED") stream.abort(new DomainError("TEAM_SUSPENDED"));
      else if (access === undefined) stream.abort(new DomainError("UNAUTHENTICATED", "The key is no longer valid."));
    }
  }
}

type Make<Item> = (signal: AbortSignal) => AsyncGenerator<Item, void, undefined>;

/** What each key may do now; a key that is revoked or expired has no row. */
function accessOf(db: Db, now: Date, keyIds: readonly string[]): Promise<Version[]> {
  return queryRows(
    db,
    Prisma.sql`SELECT virtual_keys.id::text AS id,
        CASE WHEN teams.status = 'SUSPENDED' OR organizations.status = 'SUSPENDED' THEN 'SUSPENDED' ELSE 'ACTIVE' END AS version
      FROM virtual_keys JOIN teams ON teams.id = team_id JOIN organizations ON organizations.id = organization_id
      WHERE virtual_keys.id = ANY(${keyIds}::uuid[]) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${now})`,
  );
}
