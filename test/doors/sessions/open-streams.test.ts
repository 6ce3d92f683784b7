import { beforeAll, describe, expect, it } from "vitest";
import { sseMessages } from "../../kit/clients/sse.js";
import { SocketClient } from "../../kit/clients/ws.js";
import { FakeClock } from "../../kit/gateway/clock.js";
import { useSignIn } from "../../kit/sign-in/use-sign-in.js";
import type { TestTeam } from "../../kit/world.js";

const HOUR = 3_600_000;
const clock = new FakeClock();
const world = useSignIn({ clock, env: { SESSION_TTL_MS: String(HOUR) } });
const JOB_UPDATED = "subscription ($id: ID!) { event: jobUpdated(jobId: $id) { status } }";
let organization: Awaited<ReturnType<typeof world.gateway.world.organization>>;
let team: TestTeam;

beforeAll(async () => {
  organization = await world.gateway.world.organization();
  team = await organization.team();
});

const ROLES = {
  "an ADMIN": () => ({ roles: "tollgate-admin" }),
  "a VIEWER": () => ({ roles: "tollgate-viewer" }),
  "an ORGANIZATION": () => ({ roles: "tollgate-organization", organization: organization.id }),
};

/** Follows a job over a socket of the console. */
async function follow(claims: Record<string, unknown>) {
  const { browser } = await world.signIn(claims);
  const job = await team.job();
  const headers = browser.headersOfPage(world.gateway.url);
  const socket = new SocketClient(world.gateway.url, {}, { headers });
  const events = socket.events(JOB_UPDATED, { id: job.id });
  expect(await events.next()).toEqual({ status: "PENDING" });
  return { events, socket, headers, job };
}

describe.each(Object.entries(ROLES))("What %s follows over a socket", (_title, claims) => {
  it("comes as it happens, and ends with the session, which then opens nothing more", async () => {
    const { events, socket, job } = await follow(claims());
    await team.client.data(`mutation ($id: ID!) { completeJob(input: { jobId: $id }) { job { id } } }`, { id: job.id });
    expect(await events.next()).toEqual({ status: "COMPLETED" });
    const other = await team.job();
    const going = socket.events(JOB_UPDATED, { id: other.id });
    expect(await going.next()).toEqual({ status: "PENDING" });
    await clock.advance(HOUR);
    await expect(going.next()).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
      message: "The session is no longer valid.",
    });
    await expect(socket.events(JOB_UPDATED, { id: other.id }).next()).rejects.toThrow();
    socket.close();
  });
});

it("What a person of an organization follows ends when the organization is suspended, at once.", async () => {
  const { events, socket } = await follow(ROLES["an ORGANIZATION"]());
  const { events: ofAdmin, socket: socketOfAdmin } = await follow(ROLES["an ADMIN"]());
  const act = (field: string) =>
    world.gateway.admin.data(`mutation ($id: ID!) { ${field}(id: $id) { id } }`, { id: organization.id });
  await act("suspendOrganization");
  await expect(events.next()).rejects.toMatchObject({ code: "TEAM_SUSPENDED" });
  await act("resumeOrganization");
  await ofAdmin.leave();
  socket.close();
  socketOfAdmin.close();
});

it("What is followed as an event stream ends with the session, too.", async () => {
  const { browser } = await world.signIn(ROLES["a VIEWER"]());
  const job = await team.job();
  const response = await fetch(`${world.gateway.url}/graphql/stream`, {
    method: "POST",
    headers: { "content-type": "application/json", ...browser.headersOfPage(world.gateway.url) },
    body: JSON.stringify({ query: JOB_UPDATED, variables: { id: job.id } }),
  });
  const codes = [];
  for await (const { event, data } of sseMessages(response)) {
    if (event !== "next") continue;
    const { errors } = JSON.parse(data);
    codes.push(errors?.[0].extensions.code ?? "yes");
    if (codes.length === 1) await clock.advance(HOUR);
  }
  expect(codes).toEqual(["yes", "UNAUTHENTICATED"]);
});
