/** What `POST /v1/jobs/{key}/complete` answers: the job, or an error. */
interface Completed {
  readonly id: string;
  readonly status: string;
  readonly costs: Readonly<Record<string, number>>;
  readonly error: { readonly message: string; readonly code: string; readonly param: string | null };
}

/** Ends the job of a key over HTTP. Without a body, none is sent. */
export async function completeKeyedJob(
  url: string,
  secret: string,
  key: string,
  body: object | null,
): Promise<{ readonly status: number; readonly body: Completed }> {
  const response = await fetch(`${url}/v1/jobs/${encodeURIComponent(key)}/complete`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Completed };
}
