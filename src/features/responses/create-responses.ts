import type { Sql } from "../../db/statement.js";
import type { Task } from "../../lib/task.js";
import type { CallService } from "../calls/call.service.js";
import { forgetResponsesTask } from "./forget-responses.task.js";
import { ResponseService } from "./response.service.js";

/** Builds what keeps responses, and forgets them `retentionMs` after the end of their calls. */
export function createResponses(sql: Sql, calls: CallService, retentionMs: number) {
  const tasks: readonly Task[] = [forgetResponsesTask(sql, retentionMs)];
  return { responses: new ResponseService({ sql, calls }), tasks };
}
