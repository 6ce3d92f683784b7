import { randomBytes } from "node:crypto";
import { GraphqlClient } from "../graphql/graphql-client.js";
import { deadline } from "./deadline.js";
import { openGateway } from "./gateway.js";
import { Interrupted, interruption } from "./interruption.js";
import { HELP, readOptions, UsageError } from "./options.js";
import { printBanner } from "./print.js";
import { Progress } from "./progress.js";
import { scenario } from "./scenario.js";
import { runSteps } from "./steps.js";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const CLOSE_TIMEOUT_MS = 10_000;
/** The process ends this long after the demo, even if a connection or a timer is left over. */
const LINGER_MS = 500;

/** Runs the demo and returns the exit code. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  const progress = new Progress(process.stdout);
  if (options.kind === "help") {
    progress.say(HELP.trimEnd());
    return 0;
  }
  const interrupted = interruption();
  printBanner(progress, "TOLLGATE - FULL WORKFLOW EXAMPLE");
  const gateway = await openGateway(options, progress, interrupted);
  const client = new GraphqlClient(gateway.url, gateway.adminKey, interrupted);
  const acme = scenario(gateway.isOurs ? "" : randomBytes(3).toString("hex"));

  const outcome = await runSteps(client, acme, progress).then(() => 0, report);
  const closing = await deadline(gateway.close(), "The gateway did not close", CLOSE_TIMEOUT_MS).then(() => 0, report);
  if (outcome !== 0 || closing !== 0) return outcome || closing;
  progress.say();
  printBanner(progress, "WORKFLOW COMPLETED SUCCESSFULLY!");
  progress.say("\n✅ All steps completed successfully!");
  return 0;
}

/** Prints on standard error what went wrong, and returns the exit code for it. */
function report(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) {
    console.error(`${message}\n\n${HELP.trimEnd()}`);
    return EXIT_USAGE;
  }
  // The message may quote what a server sent, so control characters are removed.
  console.error(`\n❌ ${message.replace(/[^\P{Cc}\n]/gu, " ")}`);
  return error instanceof Interrupted ? error.exitCode : EXIT_FAILED;
}

// If the process runs out of work before main has ended, it has failed.
process.exitCode = EXIT_FAILED;
// If a reader such as `head` goes away, the remaining steps are checked all the same.
process.stdout.on("error", () => {});
main()
  .catch(report)
  .then((exitCode) => {
    process.exitCode = exitCode;
    setTimeout(() => process.exit(), LINGER_MS).unref();
  });
