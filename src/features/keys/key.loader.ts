import { toConnection } from "../../edge/graphql/connection.js";
import { loaderById, loaderOfLists } from "../../edge/graphql/loaders.js";
import type { PageWindow } from "../../input/page-window.js";
import type { VirtualKeyFilter } from "./key.input.js";

export const keyLoader = loaderById(
  (services, ids) => services.keyLists.byIds(ids),
  (key) => key.id,
);

export const keysOfTeamLoader = loaderOfLists(({ services }, teamIds, filter: VirtualKeyFilter | null) =>
  services.keyLists.listByTeams(teamIds, filter),
);

type KeysRequest = PageWindow & { readonly filter?: VirtualKeyFilter | null };

export const virtualKeysOfOrganizationLoader = loaderOfLists(
  async ({ services, viewer }, organizationIds, request: KeysRequest) =>
    (await services.keyLists.listByOrganizations(viewer, organizationIds, request)).map(toConnection),
);
