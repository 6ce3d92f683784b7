import type { IncomingHttpHeaders } from "node:http";
import type { GraphQLError, GraphQLFormattedError } from "graphql";
import type { Gate } from "../../../edge/context.js";
import { RequestRecord } from "../../../edge/request-record.js";
import { type DomainError, statusOfCode } from "../../../lib/errors.js";
import { newId } from "../../../lib/ids.js";
import type { Intake } from "../../../lib/intake.js";
import { formatErrors } from "../error-formatter.js";

/** An operation over a socket. */
interface Operation {
  readonly record: RequestRecord;
  /** Whether it came when the process was stopping already. */
  readonly isLate: boolean;
  /** It no longer holds up the stop of the process. */
  readonly leaveIntake: () => void;
}

/**
 * The operations that are under way over one socket, by their payloads, because a client may use an id again at once. One
 * that came before the process was told to stop holds up the stop until its client has the answer.
 */
export class OperationsUnderWay {
  private readonly operations = new Map<object, Operation>();

  constructor(
    private readonly gate: Gate,
    private readonly intake: Intake,
    private readonly headers: IncomingHttpHeaders,
  ) {}

  begin(payload: object): Operation {
    const record = new RequestRecord(newId(), "graphql-ws", "operation", this.headers);
    const isLate = !this.intake.isOpen;
    const operation = { record, isLate, leaveIntake: isLate ? () => {} : this.intake.enter() };
    this.operations.set(payload, operation);
    return operation;
  }

  /** A subscription may stay open for ever, so a stop does not wait for its end. */
  subscribed(payload: object): void {
    this.operations.get(payload)?.leaveIntake();
  }

  end(payload: object, isAborted: boolean): void {
    const operation = this.operations.get(payload);
    if (!operation) return;
    this.operations.delete(payload);
    operation.leaveIntake();
    endRecord(this.gate, operation.record, undefined, isAborted);
  }

  /** Ends an operation because of errors. Returns what its client sees of them. */
  refuse(payload: object, errors: readonly GraphQLError[], isAborted = false): readonly GraphQLFormattedError[] {
    const { record } = this.operations.get(payload) ?? this.begin(payload);
    const shown = formatErrors(errors, { log: this.gate.log, record });
    this.end(payload, isAborted);
    return shown;
  }

  /** The client has gone away. */
  endAll(): void {
    for (const payload of [...this.operations.keys()]) this.end(payload, true);
  }
}

/** Tells that a request over a socket is over. Its status is that of its error in the table, as there is no other. */
export function endRecord({ events }: Gate, record: RequestRecord, error?: DomainError, isAborted = false): void {
  if (error) record.fail(error.code);
  record.end(events, { status: record.errorCode === null ? 200 : statusOfCode(record.errorCode), isAborted });
}
