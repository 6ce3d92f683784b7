import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Instruction, readDockerfile, type Stage } from "./dockerfile.js";

const INSTALL_EVERYTHING = "npm ci --ignore-scripts";

/**
 * Carries out the steps of the Dockerfile, stage by stage and in order. Each stage has a folder of its own, which is its
 * root. A step sees nothing of the project but what COPY has brought, so a file that is missing there is missed. One
 * step is replaced: where all packages are installed, those of the project are linked, which are the same ones.
 */
export class ImageBuild {
  private readonly stages: readonly Stage[] = readDockerfile();

  constructor(private readonly folder: string) {}

  /** Returns the last stage, and the folder that is the image's root. */
  run(): { image: Stage; root: string } {
    for (const stage of this.stages) this.runStage(stage);
    const image = this.stages.at(-1) as Stage;
    return { image, root: this.rootOf(image.name) };
  }

  private rootOf(stage: string): string {
    return join(this.folder, stage);
  }

  private runStage({ name, instructions }: Stage): void {
    const root = this.rootOf(name);
    mkdirSync(root, { recursive: true });
    let workdir = root;
    for (const instruction of instructions) {
      const { keyword, text } = instruction;
      if (keyword === "WORKDIR") {
        workdir = join(root, text);
        mkdirSync(workdir, { recursive: true });
      } else if (keyword === "COPY") this.copy(instruction, workdir);
      else if (keyword === "RUN") runStep(text, root, workdir);
    }
  }

  private copy({ flags, text }: Instruction, workdir: string): void {
    const names = text.split(/ +/);
    const target = names.pop() as string;
    for (const name of names) {
      const source = flags.from ? join(this.rootOf(flags.from), name) : resolve(name);
      const isFolder = statSync(source).isDirectory();
      const to = join(workdir, target, isFolder || !target.endsWith("/") ? "" : basename(name));
      cpSync(source, to, { recursive: true, ...(!flags.from && { filter: isInContext }) });
    }
  }
}

/** Runs a RUN step with its paths below the stage's root. Owners are set only if the test may do so, as root. */
function runStep(command: string, root: string, workdir: string): void {
  if (command === INSTALL_EVERYTHING) {
    symlinkSync(resolve("node_modules"), join(workdir, "node_modules"));
    return;
  }
  const owners = process.getuid?.() === 0 ? command : command.replace(/ --(owner|group)=\d+/g, "");
  const mapped = owners.replace(/ (\/data)\b/g, ` ${root}$1`);
  execFileSync("sh", ["-c", mapped], { cwd: workdir, stdio: ["ignore", "ignore", "pipe"] });
}

/** Whether .dockerignore lets a path of the project into the build. It names what may, and what below that may not. */
function isInContext(path: string): boolean {
  const name = path.slice(resolve(".").length + 1);
  if (name === "") return true;
  const rules = readFileSync(".dockerignore", "utf8")
    .split("\n")
    .filter((line) => line && !line.startsWith("#"));
  const covers = (rule: string) => rule === "*" || name === rule || name.startsWith(`${rule}/`);
  const last = rules.filter((rule) => covers(rule.replace(/^!/, ""))).at(-1);
  return last?.startsWith("!") ?? true;
}

/** Whether the image's root has a file or folder. */
export const hasFile = (root: string, path: string): boolean => existsSync(join(root, path));
