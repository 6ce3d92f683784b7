import type { FastifyInstance } from "fastify";
import { type Static, type TObject, Type } from "typebox";
import { allPages } from "../../../edge/http/exports/all-pages.js";
import { JSON_LINES, sendJsonLines } from "../../../edge/http/exports/send-json-lines.js";
import { wantsType } from "../../../edge/http/exports/wants-type.js";
import { AuditFilter } from "../../../features/audit/audit.input.js";
import type { PageWindow } from "../../../input/page-window.js";
import { instant, instantOf } from "../filter-query.js";
import { OPTIONAL_TOTAL_COUNT } from "../headers.js";
import { PAGE_QUERY, pageOf } from "../page-query.js";
import { Routes } from "../route.js";
import { listOf } from "../schemas.js";
import { whileAllowed } from "../while-allowed.js";
import { AuditEntry, auditEntryShape } from "./audit-entry.shapes.js";

const equal = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 200, description }));
const FILTER_QUERY = {
  actor: equal('Only acts of this actor: "admin", "orgkey:<id>", "key:<id>", "person:<id>" or "gateway".'),
  operation: equal("Only this operation, such as createTeam."),
  subject_type: equal("Only acts on things of this type, such as Team."),
  subject_id: equal("Only acts on the thing with this id."),
  created_after: instant("Lines created at this time or later."),
  created_before: instant("Lines created before this time."),
};

export function auditRoutes(server: FastifyInstance): void {
  const routes = new Routes(server, "Audit");

  routes.on(
    "GET /audit-entries",
    {
      name: "auditEntries",
      summary: "Lists what was done by those who administer, newest first. For the admin and an organization's key.",
      description: `With \`Accept: ${JSON_LINES}\`, the answer is all lines that fit, oldest first, each as JSON on a line of its own, and \`limit\` and \`offset\` count for nothing. If the connection breaks before the end, the client has not got all of them.`,
      query: { ...FILTER_QUERY, ...PAGE_QUERY },
      answer: listOf(AuditEntry),
      alsoAs: [JSON_LINES],
      answerHeaders: OPTIONAL_TOTAL_COUNT,
    },
    async (context, { query, headers, reply }) => {
      const { services, viewer } = context;
      const filter = filterOf(query);
      const oldest = (window: PageWindow) => services.audit.listOldestFirst(viewer, { ...window, filter });
      if (wantsType(headers.accept, `${JSON_LINES}; charset=utf-8`))
        return sendJsonLines(reply, auditEntryShape, whileAllowed(context, await allPages(oldest)));
      const page = await services.audit.list(viewer, { ...pageOf(query), filter });
      reply.header("x-total-count", await page.count());
      return page.rows.map(auditEntryShape);
    },
  );
}

function filterOf(query: Static<TObject<typeof FILTER_QUERY>>): AuditFilter {
  const { actor, operation, subject_type: subjectType, subject_id: subjectId } = query;
  const createdAfter = instantOf("created_after", query.created_after);
  const createdBefore = instantOf("created_before", query.created_before);
  return Object.assign(new AuditFilter(), { actor, operation, subjectType, subjectId, createdAfter, createdBefore });
}
