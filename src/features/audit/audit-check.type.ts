import { ArgsType, Field, ObjectType, registerEnumType } from "type-graphql";
import { SafeIntScalar } from "../../edge/graphql/scalars.js";

/** Lines that one request checks at most: more than a second of the process's time is not for one client. */
export const CHECKED_MAX = 50_000;

@ArgsType()
export class AuditCheckArgs {
  @Field(() => SafeIntScalar, {
    nullable: true,
    defaultValue: 0,
    description:
      "The sequence behind which to begin: the lastSequence of the request before. 0 or null begins with the first line.",
  })
  readonly after?: number | null;
}

export enum AuditFaultKind {
  MISSING = "MISSING",
  CHANGED = "CHANGED",
  DETACHED = "DETACHED",
  UNKNOWN_KEY = "UNKNOWN_KEY",
  END = "END",
  NOT_KEYED = "NOT_KEYED",
}

registerEnumType(AuditFaultKind, {
  name: "AuditFaultKind",
  description: "What is wrong with a line of the audit.",
  valuesConfig: {
    MISSING: { description: "There is no line with this sequence: it was taken out." },
    CHANGED: { description: "The hash is not that of what the line says: the line, or its hash, was changed." },
    DETACHED: { description: "The line does not go on from the line before it." },
    UNKNOWN_KEY: { description: "The hash was made with a key that AUDIT_KEY does not have." },
    END: {
      description:
        "The chain does not end where it did: the newest lines were taken out, or some were put in. Acts since then do not make that good.",
    },
    NOT_KEYED: {
      description:
        "The line was made without a key, though earlier ones were made with AUDIT_KEY. A process ran without AUDIT_KEY, or somebody who has no key put the line in. If you know why, check on with `after` set to this sequence.",
    },
  },
});

@ObjectType({ description: "A line of the audit that is not as it was written.", simpleResolvers: true })
export class AuditFault {
  @Field(() => SafeIntScalar, { description: "The sequence of the line." })
  readonly sequence!: number;

  @Field(() => AuditFaultKind, { description: "What is wrong with it." })
  readonly kind!: AuditFaultKind;
}

@ObjectType({ description: "Whether the audit is as it was written.", simpleResolvers: true })
export class AuditCheck {
  @Field(() => Boolean, {
    description:
      "True if this request has reached the end of the chain and found no fault. If it began behind the first line, the requests before it must have found none either.",
  })
  readonly isSound!: boolean;

  @Field(() => Boolean, {
    description: "True if there is nothing left to check. If false, ask again with `after` set to `lastSequence`.",
  })
  readonly isComplete!: boolean;

  @Field(() => SafeIntScalar, { description: `How many lines this request has checked: at most ${CHECKED_MAX}.` })
  readonly checkedLines!: number;

  @Field(() => SafeIntScalar, { description: "The sequence of the last line that was checked. 0 if there is none." })
  readonly lastSequence!: number;

  @Field(() => String, {
    description:
      "The hash of that line. Keep it elsewhere with its sequence: if this line ever has another one, the audit was written anew.",
  })
  readonly lastHash!: string;

  @Field(() => AuditFault, { nullable: true, description: "The first line that is not sound. Null if there is none." })
  readonly fault!: AuditFault | null;
}
