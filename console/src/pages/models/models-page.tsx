import { getRouteApi } from "@tanstack/react-router";
import { useSession } from "../../session/session";
import { PageHead } from "../../ui/page-head";
import { Segments } from "../../ui/segments";
import { GroupList } from "./groups/group-list";
import { PriceList } from "./prices/price-list";

const route = getRouteApi("/models");

const TABS = [
  ["groups", "Groups"],
  ["prices", "Prices"],
] as const;

/** Which models answer, in which order, at which price. */
export function ModelsPage() {
  const session = useSession();
  const navigate = route.useNavigate();
  const { tab } = route.useSearch();
  const hasPrices = session.may("modelPrice.read");
  const shown = hasPrices && tab === "prices" ? "prices" : "groups";
  return (
    <>
      <PageHead title="Models">
        {hasPrices && (
          <Segments
            label="What is shown"
            value={shown}
            options={TABS}
            onChange={(next) => navigate({ search: next === "groups" ? {} : { tab: next } })}
          />
        )}
      </PageHead>
      {shown === "groups" ? <GroupList /> : <PriceList />}
    </>
  );
}
