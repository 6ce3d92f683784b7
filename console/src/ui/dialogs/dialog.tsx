import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  /** What it is about, in one sentence. */
  readonly description?: ReactNode;
  readonly isOpen: boolean;
  /** Whether a click beside it leaves it open, because what it shows is not shown again. */
  readonly isKept?: boolean;
  onClose(): void;
  readonly children: ReactNode;
}

/** What had the focus before the first dialog opened. A dialog may give way to another, and both give it back. */
let opener: Element | null = null;

function rememberOpener(): void {
  const { activeElement } = document;
  if (activeElement !== document.body && !activeElement?.closest('[role="dialog"]')) opener = activeElement;
}

/** What was done may have taken away the button that opened the dialog. Then the keyboard goes on at the page's beginning. */
function giveFocusBack(): void {
  const target = opener?.isConnected ? opener : document.querySelector("main");
  if (target instanceof HTMLElement) target.focus();
}

const FIELD = "input:not([disabled]), select:not([disabled]), textarea:not([disabled])";

/** A window over the page. Escape and a click beside it close it. The focus begins in its first field. */
export function Dialog({ title, description, isOpen, isKept, onClose, children }: Props) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          {...(!description && { "aria-describedby": undefined })}
          onOpenAutoFocus={(event) => {
            rememberOpener();
            const field = (event.target as Element).querySelector<HTMLElement>(FIELD);
            if (!field) return;
            event.preventDefault();
            field.focus();
          }}
          onCloseAutoFocus={(event) => {
            // Radix would give it to a trigger, and these dialogs have none.
            event.preventDefault();
            if (!document.querySelector('[role="dialog"]')) giveFocusBack();
          }}
          onKeyDown={(event) => {
            // A key that is held, such as the one that opened it, sends no form.
            const isHeld = event.key === "Enter" && event.repeat;
            if (isHeld && !(event.target instanceof HTMLTextAreaElement)) event.preventDefault();
          }}
          onInteractOutside={(event) => isKept && event.preventDefault()}
          className="fixed top-1/2 left-1/2 z-50 flex max-h-[90dvh] w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 overflow-y-auto rounded-card border bg-panel p-5"
        >
          <div className="flex items-start gap-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="break-words font-semibold text-base">{title}</Radix.Title>
              {description && <Radix.Description className="mt-1 text-dim">{description}</Radix.Description>}
            </div>
            <Radix.Close aria-label="Close" className="rounded p-1 text-dim hover:bg-line">
              <X size={16} aria-hidden />
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
