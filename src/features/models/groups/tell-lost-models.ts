import type { Db } from "../../../db/client.js";
import type { Logger } from "../../../lib/log.js";
import type { Upstreams } from "../../../upstream/upstreams.js";

/** How many models are named. */
const TOLD_MAX = 50;

/**
 * Tells the log which models of groups have no upstream any more, because it was taken from the file. Calls pass them over,
 * and fail if their group has no other. With a default upstream there is none: it is asked for every model that names no
 * other.
 */
export async function tellLostModels(db: Db, upstreams: Upstreams, log: Logger): Promise<void> {
  if (upstreams.hasDefault) return;
  const begins = upstreams.names.map((name) => ({ name: { startsWith: `${name}/` } }));
  const lost = await db.groupModel.findMany({
    where: { NOT: { OR: begins } },
    select: { name: true, group: { select: { name: true } } },
    orderBy: [{ groupId: "asc" }, { position: "asc" }],
    take: TOLD_MAX,
  });
  for (const { name: model, group } of lost)
    log.warn({ modelGroup: group.name, model }, "A model of a group names no upstream that is configured.");
}
