import { ACCESS, VIEWERS, type ViewerName } from "../test/kit/access/access-table.js";

const TITLES: Readonly<Record<ViewerName, string>> = {
  stranger: "another organization's team",
  otherOrganization: "another organization",
  sibling: "another team of the organization",
  team: "the team",
  organization: "its organization",
  admin: "the admin",
};

/** Prints docs/access.md, which is the table that a test holds a gateway to. */
export function printAccess(): string {
  const tables = Object.entries(ACCESS).map(([door, rows]) => {
    const lines = Object.entries(rows).map(([operation, row]) => `| ${operation} | ${row.join(" | ")} |`);
    const titles = VIEWERS.map((viewer) => TITLES[viewer]);
    return `## ${door}\n\n| operation | ${titles.join(" | ")} |\n|${"---|".repeat(titles.length + 1)}\n${lines.join("\n")}\n`;
  });
  return `# Who may do what

Each column is a key, and each row asks for the things of one team, or of its organization. "yes" means that it is done.
"own" means an answer with only what is in the key's own reach. A code is what the refusal says
([errors.md](errors.md)). What is out of reach is answered exactly like what does not exist.

Not in the tables, because it is the same for all rows: without a credential, and with one that is malformed, wrong,
revoked or expired, the answer is UNAUTHENTICATED. With the key of a suspended team, or of a suspended organization or one
of its teams, it is TEAM_SUSPENDED. With \`TEAM_TOP_UP=allow\`, a team may add credits to itself.

An organization's key works on one organization. It reads all of it. It creates, changes, suspends, resumes and deletes its
teams, creates, changes, rotates and revokes their virtual keys, gives up their jobs and cancels their calls. It opens no job and
makes no call: that takes a virtual key. The credits that it gives come out of its pool. It assigns only model groups that one of its teams
has already: the admin gives an organization a model group by assigning it to a team. A group that no team of it has any
more is out of its reach, until the admin assigns it again. It does not resume a team that the admin has suspended. Only the
admin creates and revokes an organization's keys. A team that is deleted exists for the admin alone, but what it used stays in its
organization's usage.

A team's key gives a new secret to itself alone. If it is limited to some of its team's model groups, the others do not exist
for it.

A person who has signed in as ADMIN may do what the admin may, and as ORGANIZATION what the organization's key may. A VIEWER reads
what the admin reads, or with an organization what its key reads; each mutation is FORBIDDEN. Over REST, people only read; they have
no access to /v1 and to metrics ([sign-in.md](sign-in.md)).

Subscriptions are answered alike as server-sent events and over graphql-ws, where a credential that is not accepted closes
the socket. \`GET /health/live\` and \`GET /health/ready\` need no credential, and with \`METRICS_PORT\` neither does \`GET /metrics\`
on that port.

This file is written by \`npm run schema\` from \`test/kit/access/access-table.ts\`. A test asks a gateway for all of it.

${tables.join("\n")}`;
}
