import { performance } from "node:perf_hooks";
import { ANONYMOUS, type Viewer } from "../auth/viewer.js";
import { isUuid } from "../lib/ids.js";
import type { Events } from "../lib/observe/events.js";
import type { Door } from "../lib/observe/facts.js";

/** How a request ended, as its transport saw it. */
interface End {
  readonly status: number;
  readonly isAborted: boolean;
}

/**
 * What is told of a request once it is over. The doors fill it in as they learn it. It has names and ids only, so that
 * nothing of what a client sent or got can reach the log.
 */
export class RequestRecord {
  operationName: string | null = null;
  viewer: Viewer = ANONYMOUS;
  /** The first error that the client was told. */
  errorCode: string | null = null;
  jobId: string | null = null;
  callId: string | null = null;
  private readonly beganMs = performance.now();
  private isOver = false;

  /** `operation` is one of a fixed list, because it is a label of the metrics. */
  constructor(
    readonly requestId: string,
    readonly door: Door,
    public operation: string,
  ) {}

  /** Notes the call that the request is about, and returns it. */
  ofCall<Call extends { readonly id: string; readonly jobId: string }>(call: Call): Call {
    this.callId = call.id;
    this.jobId = call.jobId;
    return call;
  }

  /** Notes the job that the request is about, and returns it. */
  ofJob<Job extends { readonly id: string }>(job: Job): Job {
    this.jobId = job.id;
    return job;
  }

  fail(code: string): void {
    this.errorCode ??= code;
  }

  /** Tells that the request is over. Only the first time counts. */
  end(events: Events, { status, isAborted }: End): void {
    if (this.isOver) return;
    this.isOver = true;
    const { requestId, door, operation, operationName, viewer, errorCode, jobId, callId } = this;
    const isTeam = viewer.kind === "team";
    events.tell("request", {
      requestId,
      door,
      operation,
      operationName,
      viewer: viewer.kind,
      teamId: isTeam ? viewer.teamId : null,
      keyId: isTeam ? viewer.keyId : null,
      jobId: onlyId(jobId),
      callId: onlyId(callId),
      status,
      errorCode,
      ms: performance.now() - this.beganMs,
      isAborted,
      traceId: null,
    });
  }
}

/** A client may have put anything in the place of an id. */
const onlyId = (id: string | null): string | null => (id !== null && isUuid(id) ? id : null);
