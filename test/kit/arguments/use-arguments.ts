import { beforeAll, expect } from "vitest";
import type { GraphqlAnswer, GraphqlError } from "../clients/graphql.js";
import { rowCounts } from "../database/tables.js";
import { ADMIN_KEY, type Gateway, useGateway } from "../gateway/gateway.js";
import type { TestJob, TestTeam } from "../world.js";
import { type Given, type Name, OPEN_JOB, OPERATIONS, type Operation } from "./operations.js";
import { written } from "./written.js";

/** How the arguments of an operation are sent. */
export type Mode = "literals" | "variables";
export const MODES: readonly Mode[] = ["literals", "variables"];

/** Sends operations with arguments of the test's choice, on behalf of the admin and of the team "acme-team". */
export function useArguments(): Arguments {
  const sender = new Arguments(useGateway({ upstream: "scripted" }));
  beforeAll(() => sender.prepare());
  return sender;
}

class Arguments {
  private job: TestJob | undefined;

  constructor(readonly gateway: Gateway) {}

  /** The model group "Chat", and the organization "acme" with the team "acme-team", which has 100 credits and an open job. */
  async prepare(): Promise<void> {
    await this.gateway.world.modelGroup(["gpt-4o-mini"], "Chat");
    const organization = await this.gateway.world.organization("acme");
    const team = await organization.team({ id: "acme-team", credits: 100, groups: ["Chat"] });
    this.job = await team.job();
  }

  get openJob(): TestJob {
    if (!this.job) throw new Error("The job is there only inside tests.");
    return this.job;
  }

  get team(): TestTeam {
    return this.openJob.team;
  }

  /** Sends an operation that must be refused with one error, by the client's fault, and must not write anything. */
  async refused(mode: Mode, name: Name, args: Given): Promise<GraphqlError> {
    const before = await this.written();
    const { status, data, errors = [] } = await this.send(mode, name, args);
    expect(status, JSON.stringify(errors)).toBeLessThan(500);
    expect(errors, JSON.stringify(data)).toHaveLength(1);
    const [error] = errors as [GraphqlError];
    expect(error.extensions.code, error.message).not.toBe("INTERNAL");
    expect(error.extensions).not.toHaveProperty("stacktrace");
    for (const value of Object.values(data ?? {})) expect(value).toBeNull();
    expect(await this.written()).toEqual(before);
    return error;
  }

  /** Sends an operation that must be answered without an error. */
  async accepted(name: Name, args: Given): Promise<void> {
    const { errors } = await this.send("variables", name, args);
    expect(errors, `${name} ${JSON.stringify(args)}`).toBeUndefined();
  }

  private async send(mode: Mode, name: Name, args: Given): Promise<GraphqlAnswer> {
    const { by, kind, types, fields }: Operation = OPERATIONS[name];
    const names = Object.keys(args);
    const asVariables = mode === "variables";
    const declared = asVariables ? `(${names.map((argument) => `$${argument}: ${types[argument]}`).join(", ")})` : "";
    const passed = names.map(
      (argument) => `${argument}: ${asVariables ? `$${argument}` : written(args[argument], "literal")}`,
    );
    const document = `${kind}${declared} { ${fields.replace("*", () => passed.join(", "))} }`;
    const body = `{ "query": ${JSON.stringify(document)}, "variables": ${asVariables ? written(args, "json") : "{}"} }`;
    const credential = by === "admin" ? ADMIN_KEY : this.team.secret;
    const response = await fetch(`${this.gateway.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${credential}` },
      body: body.replaceAll(OPEN_JOB, this.openJob.id),
    });
    return { status: response.status, ...((await response.json()) as Omit<GraphqlAnswer, "status">) };
  }

  /** What a refused operation must leave as it was: how many rows there are, the credits, the contents of jobs. */
  private async written(): Promise<unknown> {
    const { db } = this.gateway.database;
    const contents = await db.$queryRaw`SELECT (SELECT sum(allocated)::text FROM credit_balances) AS allocated,
      (SELECT string_agg(status::text || metadata::text, ',' ORDER BY id) FROM jobs) AS jobs`;
    return [await rowCounts(db), contents];
  }
}
