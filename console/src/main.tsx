import "./style.css";
import { RouterProvider } from "@tanstack/react-router";
import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { router } from "./router";
import { SessionProvider } from "./session/session";
import { applyTheme, storedTheme } from "./shell/theme";

// Dialogs keep the page behind them still with a style element. The page's policy lets it through by this number.
setNonce(document.querySelector('meta[name="style-nonce"]')?.getAttribute("content") ?? "");
applyTheme(storedTheme());

const place = document.getElementById("console");
if (!place) throw new Error("The page has no element for the console.");
createRoot(place).render(
  <StrictMode>
    <SessionProvider>
      <RouterProvider router={router} />
    </SessionProvider>
  </StrictMode>,
);
