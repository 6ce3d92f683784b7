import { useSession } from "../../session/session";
import type { Viewer } from "../../session/viewer";
import { Card } from "../../ui/card";
import { Facts } from "../../ui/facts";

const KINDS = {
  admin: "The admin key: customers, models, prices, credits.",
  organization: "An organization's key: its teams and their keys.",
  team: "A team's virtual key: jobs and calls of one team.",
} as const;

/** A person has no key. */
function personOf({ kind, isReadOnly }: Viewer): string {
  const whose = kind === "admin" ? "the admin" : "an organization's key";
  return isReadOnly
    ? `A person who reads what ${whose} reads, and changes nothing.`
    : `A person who may do what ${whose} may do.`;
}

/** Who is signed in, and the addresses for programs. */
export function OwnKey() {
  const { viewer } = useSession();
  const { origin } = location;
  return (
    <Card title="Signed in">
      <Facts
        facts={[
          ["With", viewer.isPerson ? personOf(viewer) : KINDS[viewer.kind]],
          viewer.keyPrefix && ["Key", `${viewer.keyPrefix}…`],
          viewer.organizationId && ["Organization", viewer.organizationId],
          viewer.teamId && ["Team", viewer.teamId],
          ["GraphQL", `${origin}/graphql`],
          ["OpenAI's API", `${origin}/v1`],
          ["REST", `${origin}/api`],
        ]}
      />
    </Card>
  );
}
