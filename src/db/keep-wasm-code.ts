import { setFlagsFromString } from "node:v8";

/**
 * WebAssembly here is PGlite, and Prisma's compiler of queries. V8 replaces code that runs often by faster code. When V8 of
 * Node 24 throws away what it has replaced, it may end the process: "Check failed: jit_page_->allocations_.erase(addr) == 1"
 * (https://github.com/nodejs/node/issues/64500). So that code is kept. A process that has one database keeps a few megabytes.
 */
setFlagsFromString("--no-wasm-code-gc");
