import { useSession } from "../../session/session";
import { PageHead } from "../../ui/page-head";
import { GatewayState } from "./gateway-state";
import { OwnKey } from "./own-key";

/** What is configured and how it is, for the admin; and for everybody who they are. */
export function SettingsPage() {
  const session = useSession();
  return (
    <>
      <PageHead title="Settings" />
      <div className="flex flex-col gap-3.5">
        <OwnKey />
        {session.may("system.read") && <GatewayState />}
      </div>
    </>
  );
}
