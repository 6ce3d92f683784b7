import { beforeAll } from "vitest";
import type { Method, RestClient } from "../clients/rest.js";
import { ADMIN_KEY, useGateway } from "../gateway/gateway.js";
import type { TestJob, TestTeam } from "../world.js";
import type { Ids, Route } from "./routes.js";

/** A gateway with two teams, and requests to its routes about what the first of them has. */
export function useRoutes() {
  const gateway = useGateway();
  const given: { job?: TestJob; callId?: string; other?: TestTeam } = {};

  beforeAll(async () => {
    given.job = await (await gateway.world.team()).job();
    given.callId = (await given.job.call()).id;
    given.other = await gateway.world.team();
  });

  const theirs = (): Ids => {
    const { job, callId } = given;
    if (!job || !callId) throw new Error("There is no job outside of tests.");
    const { team } = job;
    return {
      organization_id: team.organizationId,
      group_name: team.modelGroup,
      team_id: team.id,
      job_id: job.id,
      call_id: callId,
    };
  };

  /** What a request to the route is made of. */
  const requestTo = (route: Route) => {
    const [method, template] = route.call.split(" ") as [Method, string];
    const path = (ids = theirs(), query = route.query?.(ids)) =>
      template.replace(/\{(\w+)\}/g, (_, id: keyof Ids) => encodeURIComponent(ids[id])) + (query ? `?${query}` : "");
    const body = () => route.body?.(theirs());
    /** The client that may use the route. */
    const holder = (): RestClient => gateway.rest(route.by === "admin" ? ADMIN_KEY : given.job?.team.secret);
    return { method, template, path, body, holder };
  };

  /** The client of the second team. */
  const stranger = (): RestClient => gateway.rest(given.other?.secret);

  return { gateway, theirs, requestTo, stranger };
}
