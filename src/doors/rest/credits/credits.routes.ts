import type { FastifyInstance } from "fastify";
import { integer, ref, text } from "../../../edge/http/json-schema.js";
import { AddCreditsInput } from "../../../features/credits/credit.input.js";
import { Body, optional, required } from "../body.js";
import { PAGE_QUERY, type PageQuery, pageOf } from "../page-query.js";
import { Routes } from "../route.js";
import { balanceShape, creditsShape, transactionShape } from "../shapes.js";

const addCredits = new Body(AddCreditsInput, {
  credits: required("credits", integer("Whole credits, 1 or more.")),
  reason: optional("reason", text("Why, 1 to 500 characters; kept in the ledger.")),
});

export async function creditRoutes(server: FastifyInstance): Promise<void> {
  const routes = new Routes(server, "Credits");

  routes.on(
    "GET /credits/teams/:team_id/balance",
    { name: "creditBalance", summary: "Where a team's credits stand.", answer: ref("Balance") },
    async ({ services, viewer }, { params }) => {
      const team = await services.teams.get(viewer, params.team_id);
      return balanceShape(team, await services.credits.balance(viewer, team.id));
    },
  );

  routes.on(
    "POST /credits/teams/:team_id/add",
    {
      name: "addCredits",
      summary:
        "Grant credits to a team. Admin only, unless the gateway runs with TEAM_TOP_UP=allow. Sent twice without an Idempotency-Key header, it grants twice.",
      body: addCredits,
      answer: ref("Balance"),
    },
    async ({ services, viewer }, { params, body, idempotencyKey }) => {
      const input = addCredits.toInput(body, { teamId: params.team_id, idempotencyKey });
      const balance = await services.credits.add(viewer, input);
      return balanceShape(await services.teams.get(viewer, params.team_id), balance);
    },
  );

  routes.on<PageQuery>(
    "GET /credits/teams/:team_id/transactions",
    {
      name: "creditEntries",
      summary: "The movements of a team's credits, newest first.",
      query: PAGE_QUERY,
      answer: ref("Transactions"),
    },
    async ({ services, viewer }, { params, query }) => {
      const page = await services.credits.entries(viewer, params.team_id, pageOf(query));
      return {
        team_id: params.team_id,
        total: await page.count(),
        transactions: page.rows.map(transactionShape),
      };
    },
  );

  routes.on<{ credits_needed: number }>(
    "POST /credits/teams/:team_id/check",
    {
      name: "checkCredits",
      summary: "Whether a team has so many credits available. 200 also where it has not.",
      query: { credits_needed: { ...integer("1 to 2147483647."), minimum: 1, maximum: 2_147_483_647, default: 1 } },
      answer: ref("CreditCheck"),
    },
    async ({ services, viewer }, { params, query }) => {
      const { balance, hasCredits } = await services.credits.check(viewer, params.team_id, query.credits_needed);
      return {
        team_id: params.team_id,
        credits_needed: query.credits_needed,
        has_credits: hasCredits,
        ...creditsShape(balance),
      };
    },
  );
}
