import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { chooseTheme, storedTheme, THEMES } from "./theme";

const ICONS = { system: Monitor, light: Sun, dark: Moon };
const NAMES = { system: "As the system", light: "Light", dark: "Dark" };

/** A button that goes on to the next theme. */
export function ThemeMenu() {
  const [theme, setTheme] = useState(storedTheme);
  const Icon = ICONS[theme];
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
  const title = `Theme: ${NAMES[theme].toLowerCase()}. Change to ${NAMES[next].toLowerCase()}`;
  return (
    <button
      type="button"
      title={title}
      aria-label={title}
      className="rounded p-1.5 text-dim hover:bg-line"
      onClick={() => {
        chooseTheme(next);
        setTheme(next);
      }}
    >
      <Icon size={15} aria-hidden />
    </button>
  );
}
