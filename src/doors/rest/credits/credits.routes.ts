import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import { AddCreditsInput } from "../../../features/credits/credit.input.js";
import { CREDITS_MAX } from "../../../features/credits/credits-max.js";
import { Body, optional, required } from "../body.js";
import { IDEMPOTENCY_KEY } from "../headers.js";
import { PAGE_QUERY, pageOf } from "../page-query.js";
import { Routes } from "../route.js";
import { integer, text } from "../schemas.js";
import { Balance, balanceShape, CreditCheck, creditCheckShape } from "./credit.shapes.js";
import { Transactions, transactionsShape } from "./transaction.shapes.js";

const addCredits = new Body(
  AddCreditsInput,
  {
    credits: required("credits", integer("How many credits to grant, 1 or more.")),
    reason: optional("reason", text("Why, 1 to 500 characters. The ledger keeps it.")),
  },
  { credits: 50, reason: "Invoice 2026-0017" },
);

const CREDITS_NEEDED = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: CREDITS_MAX,
    default: 1,
    description: `How many credits are needed, 1 to ${CREDITS_MAX}.`,
    examples: [5],
  }),
);

export function creditRoutes(server: FastifyInstance): void {
  const routes = new Routes(server, "Credits");

  routes.on(
    "GET /credits/teams/:team_id/balance",
    { name: "creditBalance", summary: "Returns how many credits a team has.", answer: Balance },
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
        "Gives credits to a team. The admin grants them, and an organization's key gives them out of the pool. Others may not, unless the gateway runs with TEAM_TOP_UP=allow.",
      body: addCredits,
      headers: IDEMPOTENCY_KEY,
      answer: Balance,
    },
    async ({ services, viewer }, { params, body, idempotencyKey }) => {
      const input = addCredits.toInput(body, { teamId: params.team_id, idempotencyKey });
      const balance = await services.credits.add(viewer, input);
      return balanceShape(await services.teams.get(viewer, params.team_id), balance);
    },
  );

  routes.on(
    "GET /credits/teams/:team_id/transactions",
    {
      name: "creditEntries",
      summary: "Lists the movements of a team's credits, newest first.",
      query: PAGE_QUERY,
      answer: Transactions,
    },
    async ({ services, viewer }, { params, query }) => {
      const page = await services.credits.entries(viewer, params.team_id, pageOf(query));
      return transactionsShape(params.team_id, await page.count(), page.rows);
    },
  );

  routes.on(
    "POST /credits/teams/:team_id/check",
    {
      name: "checkCredits",
      summary: "Tells whether a team has that many credits available. The answer is 200 in both cases.",
      query: { credits_needed: CREDITS_NEEDED },
      answer: CreditCheck,
    },
    async ({ services, viewer }, { params, query: { credits_needed: needed = 1 } }) => {
      const { balance, hasCredits } = await services.credits.check(viewer, params.team_id, needed);
      return creditCheckShape(params.team_id, { needed, hasCredits, balance });
    },
  );
}
