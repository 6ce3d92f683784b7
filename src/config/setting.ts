/** The variables of the gateway, in the order of .env.example. A name that is not in it cannot be read. */
const ORDER = [
  "HOST",
  "PORT",
  "CORS_ORIGINS",
  "INTROSPECTION",
  "TRUSTED_DOCUMENTS",
  "ADMIN_KEY",
  "AUDIT_KEY",
  "TEAM_TOP_UP",
  "DEFAULT_ORGANIZATION",
  "OIDC_ISSUER",
  "OIDC_CLIENT_ID",
  "OIDC_CLIENT_SECRET",
  "PUBLIC_URL",
  "SESSION_SECRET",
  "SESSION_TTL_MS",
  "OIDC_NAME",
  "OIDC_SCOPES",
  "OIDC_ROLE_CLAIM",
  "OIDC_ADMIN_VALUES",
  "OIDC_ORGANIZATION_VALUES",
  "OIDC_VIEWER_VALUES",
  "OIDC_ORGANIZATION_CLAIM",
  "DATABASE_URL",
  "DATA_DIR",
  "MIGRATE_ON_START",
  "START_WAIT_MS",
  "REDIS_URL",
  "CONTENT_RETENTION_MS",
  "UPSTREAM_URL",
  "UPSTREAM_API_KEY",
  "UPSTREAM_FIRST_TOKEN_TIMEOUT_MS",
  "UPSTREAM_IDLE_TIMEOUT_MS",
  "UPSTREAMS",
  "SIMULATED",
  "SIMULATED_TOKEN_MS",
  "JOB_TTL_MS",
  "JOB_MAX_AGE_MS",
  "JOB_MAX_CALLS",
  "CALLS_RUNNING_MAX",
  "CALLS_RUNNING_OF_TEAM_MAX",
  "CALL_LEASE_MS",
  "DISCONNECT_GRACE_MS",
  "SHUTDOWN_GRACE_MS",
  "WEBHOOK_PRIVATE_NETWORKS",
  "WEBHOOK_TIMEOUT_MS",
  "WEBHOOK_SECRETS_KEY",
  "LOG_LEVEL",
  "LOG_FORMAT",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "METRICS_PORT",
] as const;

export type VariableName = (typeof ORDER)[number];

/** Whether a name is that of a variable of the gateway. */
export const isVariableName = (name: string): name is VariableName => ORDER.some((known) => known === name);

/** What an operator may see of a variable. */
export interface Setting {
  readonly name: VariableName;
  /** What counts, given or default. Null if nothing does, and for a secret. */
  readonly value: string | null;
  readonly isDefault: boolean;
  readonly isSecret: boolean;
}

/** Returns the settings in the order of .env.example. */
export const inOrder = (settings: Iterable<Setting>): Setting[] =>
  [...settings].sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));

/** Returns a URL without what may be secret in it: its user, its password, its query and its fragment. */
export function withoutSecrets(text: string): string {
  const { protocol, host, pathname } = new URL(text);
  return `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
}
