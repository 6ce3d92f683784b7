import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contractAt, findBase } from "../../scripts/contract/base.js";

describe("what the contract is compared with", () => {
  let folder: string;
  let repository: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "contract-"));
    repository = join(folder, "repository");
    execFileSync("git", ["init", "--quiet", "--initial-branch=main", repository]);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const AUTHOR = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
  const git = (...args: string[]) =>
    execFileSync("git", [...AUTHOR, ...args], { cwd: repository, encoding: "utf8" }).trim();
  /** Commits a schema of this text, and returns the commit. */
  const commit = (schema: string) => {
    writeFileSync(join(repository, "schema.graphql"), schema);
    git("add", ".");
    git("commit", "--quiet", "--message", schema);
    return git("rev-parse", "HEAD");
  };
  /** A clone beside the repository, made with these options. */
  const clone = (...options: string[]) => {
    const path = join(folder, "clone");
    execFileSync("git", ["clone", "--quiet", ...options, `file://${repository}`, path], { stdio: "ignore" });
    return path;
  };

  it("is the last tag before the commit, wherever that is", () => {
    const tagged = commit("one");
    git("tag", "v0.1.0");
    commit("two");
    expect(findBase(repository)).toEqual({ commit: tagged, description: "the tag v0.1.0" });
    git("switch", "--quiet", "--create", "work");
    commit("three");
    expect(findBase(repository)).toEqual({ commit: tagged, description: "the tag v0.1.0" });
  });

  it("is the commit at which a branch left main, if there is no tag", () => {
    const common = commit("one");
    git("switch", "--quiet", "--create", "work");
    commit("two");
    git("switch", "--quiet", "main");
    commit("three, which the branch does not have");
    git("switch", "--quiet", "work");
    expect(findBase(repository)).toEqual({ commit: common, description: "main, where this branch left it" });
  });

  it("is the commit before, on main itself", () => {
    const first = commit("one");
    commit("two");
    expect(findBase(repository)?.commit).toBe(first);
  });

  it("is origin/main in a clone whose HEAD is detached", () => {
    const common = commit("one");
    git("switch", "--quiet", "--create", "work");
    commit("two");
    const path = clone("--branch=work");
    execFileSync("git", ["checkout", "--quiet", "--detach"], { cwd: path });
    expect(findBase(path)).toEqual({ commit: common, description: "origin/main, where this branch left it" });
  });

  it("is nothing in a clone of a single commit", () => {
    commit("one");
    commit("two");
    expect(findBase(clone("--depth=1"))).toBeNull();
  });

  it("is nothing in a repository without a commit", () => {
    expect(findBase(repository)).toBeNull();
  });

  it("has the files as they were, and null for one that did not exist", () => {
    const first = commit("one");
    commit("two");
    expect(contractAt(repository, { commit: first, description: "" })).toEqual({ graphql: "one", openApi: null });
  });
});
