const statement = (name, text) => ({ name, text });

export const findHolder = statement(
  "find-holder",
  `SELECT team_id FROM virtual_keys JOIN teams ON teams.id = team_id
    JOIN organizations ON organizations.id = organization_id
    WHERE secret_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
);
export const findTeam = statement("find-team", "SELECT * FROM teams WHERE id = $1");
export const findBalance = statement("find-balance", "SELECT * FROM credit_balances WHERE team_id = ANY($1)");
export const findJob = statement("find-job", "SELECT * FROM jobs WHERE id = $1 AND team_id = $2");
export const findJobs = statement(
  "find-jobs",
  "SELECT * FROM jobs WHERE team_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
);
export const findCalls = statement(
  "find-calls",
  `SELECT calls.* FROM unnest($1::uuid[]) AS wanted (id) CROSS JOIN LATERAL
    (SELECT * FROM llm_calls WHERE job_id = wanted.id ORDER BY created_at, id LIMIT $2) AS calls`,
);
export const findAttempts = statement(
  "find-attempts",
  "SELECT * FROM llm_call_attempts WHERE call_id = ANY($1) ORDER BY call_id, number",
);
