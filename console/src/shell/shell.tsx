import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { LogOut } from "lucide-react";
import { useSession } from "../session/session";
import type { Viewer } from "../session/viewer";
import { Brand } from "./brand";
import { NotForThisKeyPage } from "./not-for-this-key-page";
import { GROUPS, needsOf } from "./sections";
import { ThemeMenu } from "./theme-menu";

/** The rail on the left, or above on a narrow screen, and the page beside it. */
export function Shell() {
  return (
    <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] content-start md:grid-cols-[208px_minmax(0,1fr)] md:content-stretch">
      <a href="#page" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-panel focus:p-2">
        Skip to the page
      </a>
      <Rail />
      <main id="page" tabIndex={-1} className="w-full max-w-[1500px] px-4 pt-4 pb-10 outline-none md:px-7">
        <Page />
      </main>
    </div>
  );
}

/** The page of the address. One that is not for whoever is signed in is not asked for. */
function Page() {
  const session = useSession();
  const needs = needsOf(useLocation().pathname);
  return needs && !session.may(needs) ? <NotForThisKeyPage /> : <Outlet />;
}

function Rail() {
  const session = useSession();
  return (
    <header className="flex items-center gap-1 overflow-x-auto border-b px-3 py-2 md:sticky md:top-0 md:h-dvh md:flex-col md:items-stretch md:gap-0.5 md:border-r md:border-b-0 md:py-4">
      <Link to="/" className="shrink-0 px-2 md:pb-3">
        <Brand />
      </Link>
      <nav aria-label="Pages" className="flex gap-0.5 md:flex-col">
        {GROUPS.map(({ title, sections }) => (
          <div key={title} className="flex gap-0.5 md:flex-col">
            {title && <h2 className="hidden px-2 pt-3.5 pb-1 font-medium text-faint text-xs md:block">{title}</h2>}
            {sections
              .filter(({ needs }) => !needs || session.may(needs))
              .map(({ to, name, icon: Icon }) => (
                <Link
                  key={to}
                  to={to}
                  activeOptions={{ exact: to === "/", includeSearch: false }}
                  className="flex items-center gap-2.5 whitespace-nowrap rounded-[7px] border border-transparent px-2 py-1.5 text-dim hover:text-text data-[status=active]:border-line data-[status=active]:bg-panel data-[status=active]:text-text"
                >
                  <Icon size={16} aria-hidden strokeWidth={1.7} className="shrink-0" />
                  {name}
                </Link>
              ))}
          </div>
        ))}
      </nav>
      <Who />
    </header>
  );
}

const KINDS = { admin: "admin key", organization: "organization's key", team: "team's key" } as const;

/** Says with what somebody is signed in. */
function meansOf({ kind, isPerson, isReadOnly }: Viewer): string {
  if (!isPerson) return KINDS[kind];
  return isReadOnly ? "reads, and changes nothing" : `signed in, with the rights of the ${KINDS[kind]}`;
}

/** Who is signed in, with which key, and the way out. */
function Who() {
  const { viewer, signOut } = useSession();
  return (
    <div className="ml-auto flex items-center gap-2 px-2 text-xs md:mt-auto md:ml-0 md:border-t md:pt-3">
      <div className="hidden min-w-0 flex-1 md:block">
        <b className="block truncate font-medium text-sm">{viewer.name}</b>
        <span className="block truncate text-dim">
          {meansOf(viewer)} {viewer.keyPrefix && <span className="font-mono">{viewer.keyPrefix}…</span>}
        </span>
      </div>
      <ThemeMenu />
      <button
        type="button"
        title="Sign out"
        aria-label="Sign out"
        onClick={signOut}
        className="rounded p-1.5 text-dim hover:bg-line"
      >
        <LogOut size={15} aria-hidden />
      </button>
    </div>
  );
}
