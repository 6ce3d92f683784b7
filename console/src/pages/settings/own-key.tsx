import { useSession } from "../../session/session";
import { Card } from "../../ui/card";
import { Facts } from "../../ui/facts";

const KINDS = {
  admin: "The admin key: customers, models, prices, credits.",
  organization: "An organization's key: its teams and their keys.",
  team: "A team's virtual key: jobs and calls of one team.",
} as const;

/** Who is signed in, and the addresses for programs. */
export function OwnKey() {
  const { viewer } = useSession();
  const { origin } = location;
  return (
    <Card title="Signed in">
      <Facts
        facts={[
          ["With", KINDS[viewer.kind]],
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
