import type { ToolAnnotations } from "@modelcontextprotocol/server";
import type { z } from "zod";
import type { RequestContext } from "../../edge/context.js";

/** Tells a client that waits how far the work is. The numbers grow. */
export type TellProgress = (progress: number, message: string) => Promise<void>;

/** Something that an agent may do. Its input and its answer are objects of these schemas, in snake case. */
export interface Tool<Input extends z.ZodObject = z.ZodObject, Answer extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  readonly answer: Answer;
  readonly annotations: ToolAnnotations;
  /** Calls a service. What it throws becomes the tool's error. `tell` is there if the client asked to be told. */
  run(context: RequestContext, input: z.output<Input>, tell?: TellProgress): Promise<z.input<Answer>>;
}
