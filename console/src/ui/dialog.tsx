import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";

interface Props {
  readonly title: string;
  /** What it is about, in one sentence. */
  readonly description?: ReactNode;
  readonly isOpen: boolean;
  onClose(): void;
  readonly children: ReactNode;
}

/** A window over the page. Escape and a click beside it close it. */
export function Dialog({ title, description, isOpen, onClose, children }: Props) {
  return (
    <Radix.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Radix.Content
          {...(!description && { "aria-describedby": undefined })}
          className="fixed top-1/2 left-1/2 z-50 flex max-h-[90dvh] w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col gap-4 overflow-y-auto rounded-card border bg-panel p-5"
        >
          <div className="flex items-start gap-3">
            <div className="flex-1">
              <Radix.Title className="font-semibold text-base">{title}</Radix.Title>
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
