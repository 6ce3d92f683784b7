import type { IncomingHttpHeaders } from "node:http";
import { performance } from "node:perf_hooks";
import { type Budget, budgetOf } from "../auth/budget.js";
import type { LimitState } from "../auth/call-limits.js";
import { ANONYMOUS, keyIdOf, type Viewer } from "../auth/viewer.js";
import type { DomainError } from "../lib/errors.js";
import { isUuid } from "../lib/ids.js";
import type { Events } from "../lib/observe/events.js";
import type { Door } from "../lib/observe/facts.js";
import { type Span, startSpan } from "../lib/observe/tracing.js";

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
  viewer: Viewer = ANONYMOUS;
  /** The first error that the client was told. */
  errorCode: string | null = null;
  jobId: string | null = null;
  callId: string | null = null;
  /** Where the limits stand that the last call of the request was counted by. Null if it made none, or has no limits. */
  limits: LimitState | null = null;
  /** The budget that the first error was about. */
  private budget: Budget | null = null;
  private toldLimits: LimitState | null = null;
  private operationName: string | null = null;
  private readonly beganMs = performance.now();
  private isOver = false;
  /** The request in a trace, and the operation in it if it has a name of its own. */
  private readonly span: Span;
  private operationSpan: Span | undefined;
  private operationNow: string;

  /** `operation` is one of a fixed list, because it is a label of the metrics. */
  constructor(
    readonly requestId: string,
    readonly door: Door,
    operation: string,
    headers: IncomingHttpHeaders,
  ) {
    this.operationNow = operation;
    this.span = startSpan({ name: operation, kind: "server", headers, attributes: { "tollgate.door": door } });
  }

  get operation(): string {
    return this.operationNow;
  }

  /** Names the operation, once it is known. It is one of a fixed list too. */
  nameOperation(operation: string, operationName: string | null): void {
    this.operationNow = operation;
    this.operationName = operationName;
    this.operationSpan?.rename(operation);
  }

  /** The id of the trace that the request is in; null if there are no traces. */
  get traceId(): string | null {
    return this.span.traceId || null;
  }

  /** Runs work as a part of the request. */
  within<Result>(work: () => Result): Result {
    return this.span.within(work);
  }

  /** Runs the operation as a part of the request, until the request is over. */
  inOperation<Result>(work: () => Result): Result {
    this.operationSpan = this.span.within(() => startSpan({ name: this.operation, kind: "internal" }));
    return this.operationSpan.within(work);
  }

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

  /** Where the limits stand, if that has not been asked for since they last changed. */
  newLimits(): LimitState | null {
    if (this.limits === this.toldLimits) return null;
    this.toldLimits = this.limits;
    return this.limits;
  }

  /** `data` is what the client is told beside the code. */
  fail(code: string, data: DomainError["data"] = {}): void {
    if (this.errorCode !== null) return;
    this.errorCode = code;
    this.budget = budgetOf({ code, data }) ?? null;
  }

  /** Tells that the request is over. Only the first time counts. */
  end(events: Events, { status, isAborted }: End): void {
    if (this.isOver) return;
    this.isOver = true;
    const { requestId, door, operation, operationName, viewer, errorCode, jobId, callId } = this;
    events.tell("request", {
      requestId,
      door,
      operation,
      operationName,
      viewer: viewer.kind,
      organizationId: "organizationId" in viewer ? viewer.organizationId : null,
      teamId: viewer.kind === "team" ? viewer.teamId : null,
      keyId: keyIdOf(viewer),
      jobId: onlyId(jobId),
      callId: onlyId(callId),
      status,
      errorCode,
      ms: performance.now() - this.beganMs,
      isAborted,
      traceId: this.traceId,
      budget: this.budget,
      limitedBy: this.limits?.refusedBy ?? null,
      overLimits: this.limits?.wouldRefuse ?? NONE,
    });
    this.endSpans(status);
  }

  private endSpans(status: number): void {
    const { door, errorCode, operationName, callId, jobId, viewer } = this;
    this.operationSpan?.set({ "graphql.operation.name": operationName ?? undefined });
    this.span.set({
      "http.response.status_code": door === "graphql-ws" ? undefined : status,
      "error.type": errorCode ?? undefined,
      "tollgate.viewer": viewer.kind,
      "tollgate.organization.id": "organizationId" in viewer ? viewer.organizationId : undefined,
      "tollgate.team.id": viewer.kind === "team" ? viewer.teamId : undefined,
      "tollgate.job.id": onlyId(jobId) ?? undefined,
      "tollgate.call.id": onlyId(callId) ?? undefined,
    });
    if (errorCode !== null && status >= 500) this.span.fail(errorCode);
    this.operationSpan?.end();
    this.span.end();
  }
}

const NONE: readonly string[] = [];

/** A client may have put anything in the place of an id. */
const onlyId = (id: string | null): string | null => (id !== null && isUuid(id) ? id : null);
