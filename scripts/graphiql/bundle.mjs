import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Bundles GraphiQL, Monaco and Monaco's workers into `outdir`, so that the page needs no internet. */
export async function bundleGraphiql(outdir) {
  const { metafile } = await build({
    entryPoints: {
      main: fileURLToPath(new URL("main.jsx", import.meta.url)),
      "editor.worker": "monaco-editor/esm/vs/editor/editor.worker.js",
      "json.worker": "monaco-editor/esm/vs/language/json/json.worker.js",
      "graphql.worker": "monaco-graphql/esm/graphql.worker.js",
    },
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    minify: true,
    metafile: true,
    logLevel: "warning",
    // GraphiQL imports Prettier's parsers by their old names. Those are CommonJS, without the named exports it reads.
    alias: { "prettier/parser-babel": "prettier/plugins/babel", "prettier/parser-graphql": "prettier/plugins/graphql" },
    plugins: [leaveOutMonacoStyles],
  });
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  return `${(bytes / 1e6).toFixed(1)} MB in ${Object.keys(metafile.outputs).length} files`;
}

/** GraphiQL's style sheet contains Monaco's, fonts included. Monaco's modules would bring each rule a second time. */
const leaveOutMonacoStyles = {
  name: "leave-out-monaco-styles",
  setup({ onLoad }) {
    onLoad({ filter: /monaco-editor[\\/]esm[\\/].*\.css$/ }, () => ({ contents: "", loader: "empty" }));
  },
};
