import type { Events, SocketClient } from "../clients/ws.js";
import type { Replica, ReplicasOf } from "../gateway/replicas.js";
import { type HeldStream, heldStream } from "../upstream/upstream-streams.js";
import { name, type TestJob, type TestTeam } from "../world.js";

/** A streamed call that a process runs for a client, and that has said "Once ". */
export interface RemoteCall {
  readonly id: string;
  readonly team: TestTeam;
  readonly job: TestJob;
  readonly upstream: HeldStream;
  /** The socket that asked for it, and what it has received. */
  readonly asker: SocketClient;
  readonly asked: Events;
}

export async function remoteCall(
  replicas: ReplicasOf<Replica>,
  at: Replica = replicas.a,
  input: Record<string, unknown> = {},
): Promise<RemoteCall> {
  const upstream = heldStream();
  const model = name("model");
  replicas.witness.upstream.on(model, upstream);
  const team = await replicas.witness.world.team({ models: [model], credits: 100 });
  const job = await team.job();
  const asker = replicas.socket(at, team);
  const asked = asker.stream(job.callInput(input));
  const { callId: id } = await asked.next();
  await upstream.arrived;
  upstream.text("Once ");
  await asked.until("LlmCallDelta");
  return { id, team, job, upstream, asker, asked };
}
