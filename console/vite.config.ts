import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `npm run dev` of this folder finds a gateway. */
const GATEWAY = process.env.GATEWAY ?? "http://127.0.0.1:8003";

export default defineConfig({
  root: import.meta.dirname,
  base: "/console/",
  plugins: [react(), tailwindcss()],
  build: {
    outDir: "../dist/console",
    emptyOutDir: true,
    // The page's policy allows no data: addresses for scripts and fonts.
    assetsInlineLimit: 0,
    // Which browsers it is for stands in the documentation of Vite: those of the last two and a half years.
    target: "baseline-widely-available",
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: {
      "/graphql": { target: GATEWAY, ws: true, changeOrigin: true },
      "/api": GATEWAY,
    },
  },
});
