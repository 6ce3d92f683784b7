import type { FastifyInstance } from "fastify";
import { type Static, type TObject, Type } from "typebox";
import { ErrorCodeEnum } from "../../../edge/graphql/error-code.type.js";
import { allPages } from "../../../edge/http/exports/all-pages.js";
import { CSV_TYPE, sendCsv } from "../../../edge/http/exports/send-csv.js";
import { wantsType } from "../../../edge/http/exports/wants-type.js";
import { LlmCallFilter, LlmCallOrder } from "../../../features/lists/call-filter.input.js";
import type { PageWindow } from "../../../input/page-window.js";
import { CSV_TEXT, someOf, texts, workFilterOf, workQuery } from "../filter-query.js";
import { OPTIONAL_TOTAL_COUNT } from "../headers.js";
import { lowerCased, upperCase } from "../letter-case.js";
import { PAGE_QUERY, pageOf } from "../page-query.js";
import { Routes } from "../route.js";
import { listOf, oneOf } from "../schemas.js";
import { whileAllowed } from "../while-allowed.js";
import { callColumns } from "./call-columns.js";
import { CALL_KINDS, CALL_STATUSES, ListedCall, listedCallShape } from "./call-list.shapes.js";

const CALLS_QUERY = {
  status: someOf(CALL_STATUSES, "Calls with one of these states."),
  kind: someOf(CALL_KINDS, "Calls of one of these kinds."),
  ...workQuery("Calls"),
  model_groups: texts("Calls that asked for one of these model groups."),
  models: texts("Calls whose last attempt asked one of these models."),
  job_types: texts("Calls in jobs of one of these types."),
  error_codes: someOf(Object.values(ErrorCodeEnum), "Calls that ended with one of these errors."),
  order_by: Type.Optional(
    oneOf(lowerCased(LlmCallOrder), "The order by the time of creation; newest_first if absent."),
  ),
};

export function callListRoutes(server: FastifyInstance): void {
  new Routes(server, "Calls").on(
    "GET /llm-calls",
    {
      name: "llmCalls",
      summary: "Lists the calls that the key reaches, in all jobs, without what was asked and answered.",
      description: CSV_TEXT,
      query: { ...PAGE_QUERY, ...CALLS_QUERY },
      answer: listOf(ListedCall),
      alsoAs: [CSV_TYPE],
      answerHeaders: OPTIONAL_TOTAL_COUNT,
    },
    async (context, { query, headers, reply }) => {
      const asked = askedOf(query);
      const list = (window: PageWindow) =>
        context.services.callLists.listBrief(context.viewer, { ...window, ...asked });
      if (wantsType(headers.accept, CSV_TYPE))
        return sendCsv(reply, callColumns(context.viewer), whileAllowed(context, await allPages(list)));
      const page = await list(pageOf(query));
      reply.header("x-total-count", await page.count());
      return page.rows.map((call) => listedCallShape(context, call));
    },
  );
}

function askedOf(query: Static<TObject<typeof CALLS_QUERY>>) {
  const { status, kind, model_groups, models, job_types, error_codes, order_by } = query;
  const filter = Object.assign(new LlmCallFilter(), {
    ...workFilterOf(query),
    status: status?.map(upperCase) ?? null,
    kind: kind?.map(upperCase) ?? null,
    modelGroups: model_groups ?? null,
    models: models ?? null,
    jobTypes: job_types ?? null,
    errorCodes: error_codes ?? null,
  });
  return { filter, orderBy: order_by ? LlmCallOrder[upperCase(order_by)] : null };
}
