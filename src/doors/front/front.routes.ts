import type { FastifyInstance } from "fastify";
import type { Config } from "../../config/config.js";
import { wantsType } from "../../edge/http/exports/wants-type.js";
import { frontLinks } from "./front-links.js";
import { frontHeaders, frontPage, WHAT_IT_IS } from "./front-page.js";

/** GET / says what this is and where to go: as a page for people, and as JSON for clients that ask for it. */
export async function frontDoor(server: FastifyInstance, { config }: { config: Config }): Promise<void> {
  const isRouted = (url: string) => ["", "/", "/*"].some((end) => server.hasRoute({ method: "GET", url: url + end }));
  server.get("/", async (request, reply) => {
    const links = frontLinks(config, isRouted);
    reply.header("vary", "accept");
    if (!wantsType(request.headers.accept, "text/html"))
      return { name: "Tollgate", description: WHAT_IT_IS, links: links.map(({ isPage: _, ...link }) => link) };
    return reply.headers(frontHeaders).type("text/html; charset=utf-8").send(frontPage(links));
  });
}
