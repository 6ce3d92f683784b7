import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { readAuditSearch } from "./pages/audit/audit-search";
import { readCallsSearch } from "./pages/calls/calls-search";
import { readJobsSearch } from "./pages/jobs/jobs-search";
import { readOrganizationSearch, readOrganizationsSearch } from "./pages/organizations/organizations-search";
import { readOverviewSearch } from "./pages/overview/overview-search";
import { readDeliveriesSearch } from "./pages/webhooks/webhooks-search";
import { textIn } from "./search";
import { BrokenPage } from "./shell/broken-page";
import { NotFoundPage } from "./shell/not-found-page";
import { Shell } from "./shell/shell";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFoundPage });
const getParentRoute = () => root;
/** A page that is shown below others in its tab: the address says which. */
const readTab = (search: Record<string, unknown>) => textIn(search, "tab");

const overview = createRoute({
  getParentRoute,
  path: "/",
  validateSearch: readOverviewSearch,
  component: lazyRouteComponent(() => import("./pages/overview/overview-page"), "OverviewPage"),
});
const jobs = createRoute({
  getParentRoute,
  path: "/jobs",
  validateSearch: readJobsSearch,
  component: lazyRouteComponent(() => import("./pages/jobs/jobs-page"), "JobsPage"),
});
const job = createRoute({
  getParentRoute,
  path: "/jobs/$id",
  validateSearch: (search: Record<string, unknown>) => textIn(search, "call"),
  component: lazyRouteComponent(() => import("./pages/jobs/job-page"), "JobPage"),
});
const live = createRoute({
  getParentRoute,
  path: "/live",
  validateSearch: (search: Record<string, unknown>) => textIn(search, "team"),
  component: lazyRouteComponent(() => import("./pages/live/live-page"), "LivePage"),
});
const calls = createRoute({
  getParentRoute,
  path: "/calls",
  validateSearch: readCallsSearch,
  component: lazyRouteComponent(() => import("./pages/calls/calls-page"), "CallsPage"),
});
const teams = createRoute({
  getParentRoute,
  path: "/teams",
  validateSearch: (search: Record<string, unknown>) => textIn(search, "organization"),
  component: lazyRouteComponent(() => import("./pages/teams/teams-page"), "TeamsPage"),
});
const team = createRoute({
  getParentRoute,
  path: "/teams/$id",
  validateSearch: readTab,
  component: lazyRouteComponent(() => import("./pages/teams/team-page"), "TeamPage"),
});
const organizations = createRoute({
  getParentRoute,
  path: "/organizations",
  validateSearch: readOrganizationsSearch,
  component: lazyRouteComponent(() => import("./pages/organizations/organizations-page"), "OrganizationsPage"),
});
const organization = createRoute({
  getParentRoute,
  path: "/organizations/$id",
  validateSearch: readOrganizationSearch,
  component: lazyRouteComponent(() => import("./pages/organizations/organization-page"), "OrganizationPage"),
});
const models = createRoute({
  getParentRoute,
  path: "/models",
  validateSearch: readTab,
  component: lazyRouteComponent(() => import("./pages/models/models-page"), "ModelsPage"),
});
const webhooks = createRoute({
  getParentRoute,
  path: "/webhooks",
  component: lazyRouteComponent(() => import("./pages/webhooks/webhooks-page"), "WebhooksPage"),
});
const webhook = createRoute({
  getParentRoute,
  path: "/webhooks/$id",
  validateSearch: readDeliveriesSearch,
  component: lazyRouteComponent(() => import("./pages/webhooks/webhook-page"), "WebhookPage"),
});
const audit = createRoute({
  getParentRoute,
  path: "/audit",
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import("./pages/audit/audit-page"), "AuditPage"),
});
const playground = createRoute({
  getParentRoute,
  path: "/playground",
  validateSearch: (search: Record<string, unknown>) => ({ ...textIn(search, "call"), ...textIn(search, "job") }),
  component: lazyRouteComponent(() => import("./pages/playground/playground-page"), "PlaygroundPage"),
});
const settings = createRoute({
  getParentRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./pages/settings/settings-page"), "SettingsPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    jobs,
    job,
    live,
    calls,
    teams,
    team,
    organizations,
    organization,
    models,
    webhooks,
    webhook,
    audit,
    playground,
    settings,
  ]),
  basepath: "/console",
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: BrokenPage,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
