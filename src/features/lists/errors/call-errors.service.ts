import { authorize, reachOf } from "../../../auth/policy.js";
import type { Viewer } from "../../../auth/viewer.js";
import { acrossTeamsInReach } from "../../../db/reach-condition.js";
import type { Sql } from "../../../db/statement.js";
import { PAGE_FIRST_DEFAULT } from "../../../input/page-window.js";
import { invalid, validate } from "../../../input/validate.js";
import { toErrorCode } from "../../../lib/errors.js";
import type { LlmCallRow } from "../../calls/call.service.js";
import { CALL_ERRORS_DAYS_MAX, CALL_ERRORS_LOOKED_AT_MAX, type LlmCallErrorsInput } from "./call-errors.input.js";
import {
  errorCount,
  errorCountRow,
  errorGroupRow,
  findLastCalls,
  groupsOfAny,
  groupsOfNewest,
} from "./call-errors.sql.js";
import type { LlmCallErrorGroup, LlmCallErrors } from "./call-errors.type.js";

const DAY_MS = 86_400_000;
/** If there are more, so many are read, of which the newest are looked at. */
const READ_MAX = 2 * CALL_ERRORS_LOOKED_AT_MAX;

/** Says which errors calls have ended with, whatever the jobs and the teams. */
export class CallErrorsService {
  constructor(private readonly sql: Sql) {}

  /**
   * Counts the calls with an error in the viewer's reach, by code and model. If there are more than 5,000 in the range, it
   * looks at the newest ones only, of several teams at about as many of each, and says so.
   */
  async group(viewer: Viewer, input: LlmCallErrorsInput): Promise<LlmCallErrors> {
    authorize(viewer, "call.read");
    const { from, to, filter, first } = checked(input);
    const owners = acrossTeamsInReach(reachOf(viewer), filter?.teamIds) ?? null;
    const wanted = { from, to, filter: filter ?? {}, owners, groupsMax: first ?? PAGE_FIRST_DEFAULT };
    const [found] = await this.sql.query(errorCount(wanted, CALL_ERRORS_LOOKED_AT_MAX + 1), errorCountRow);
    const isComplete = (found?.count ?? 0) <= CALL_ERRORS_LOOKED_AT_MAX;
    // Some more may be there by now.
    if (isComplete) return { ...(await this.read(groupsOfAny(wanted, READ_MAX))), isComplete, countedFrom: from };
    const newest = await this.read(groupsOfNewest(wanted, CALL_ERRORS_LOOKED_AT_MAX, READ_MAX));
    return { ...newest, isComplete, countedFrom: newest.oldest ?? from };
  }

  /** For loaders: calls in the viewer's reach. */
  callsByIds(ids: readonly string[]): Promise<LlmCallRow[]> {
    return this.sql.run(findLastCalls, { ids });
  }

  private async read(question: ReturnType<typeof groupsOfAny>) {
    const rows = await this.sql.query(question, errorGroupRow);
    const groups = rows.flatMap(({ errorCode, model, calls, lastAt, lastCallId }): LlmCallErrorGroup[] =>
      errorCode === null || calls === null || lastAt === null || lastCallId === null
        ? []
        : [{ errorCode: toErrorCode(errorCode), model, calls, lastAt, lastCallId }],
    );
    const { oldest = null, countedCalls, groupCount } = rows[0] ?? {};
    return { oldest, groups, countedCalls: countedCalls ?? 0, groupCount: groupCount ?? 0 };
  }
}

function checked(input: LlmCallErrorsInput): LlmCallErrorsInput {
  const { from, to } = validate(input);
  if (to <= from) throw invalid("input.to", "must be after input.from", to);
  if (to.getTime() - from.getTime() > CALL_ERRORS_DAYS_MAX * DAY_MS)
    throw invalid("input.to", `must be at most ${CALL_ERRORS_DAYS_MAX} days after input.from`, to);
  return input;
}
