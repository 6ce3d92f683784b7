import {
  Activity,
  Building2,
  FileCheck2,
  LayoutDashboard,
  type LucideIcon,
  MessageSquare,
  Network,
  Play,
  Rows3,
  Settings,
  Users,
  Webhook,
} from "lucide-react";
import type { Act } from "../session/viewer";

interface Section {
  readonly to: string;
  readonly name: string;
  readonly icon: LucideIcon;
  /** Without it, everybody sees the section. */
  readonly needs?: Act;
}

interface Group {
  readonly title: string | null;
  readonly sections: readonly Section[];
}

/** What the rail shows, in this order. */
export const GROUPS: readonly Group[] = [
  {
    title: null,
    sections: [
      { to: "/", name: "Overview", icon: LayoutDashboard },
      { to: "/jobs", name: "Jobs", icon: Rows3 },
      { to: "/live", name: "Live", icon: Activity },
      { to: "/calls", name: "Calls", icon: MessageSquare },
    ],
  },
  {
    title: "Accounts",
    sections: [
      { to: "/teams", name: "Teams", icon: Users },
      { to: "/organizations", name: "Organizations", icon: Building2, needs: "organization.readDetails" },
      { to: "/models", name: "Models", icon: Network },
      { to: "/webhooks", name: "Webhooks", icon: Webhook, needs: "webhook.read" },
      { to: "/audit", name: "Audit", icon: FileCheck2, needs: "audit.read" },
    ],
  },
  {
    title: "Tools",
    sections: [
      { to: "/playground", name: "Playground", icon: Play },
      { to: "/settings", name: "Settings", icon: Settings },
    ],
  },
];

/** Returns the act that a page needs, by its path below /console. Null if it is for everybody. */
export function needsOf(pathname: string): Act | null {
  const sections = GROUPS.flatMap(({ sections: inGroup }) => inGroup);
  const section = sections.find(({ to }) => to !== "/" && `${pathname}/`.startsWith(`${to}/`));
  return section?.needs ?? null;
}
