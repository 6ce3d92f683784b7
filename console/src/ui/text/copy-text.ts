/**
 * Copies a text, and returns whether that was possible. Pages of plain HTTP have no clipboard, but for those of the machine
 * itself, and only copy what is selected. What is selected must be `near`, where a dialog lets the focus go.
 */
export async function copyText(text: string, near: HTMLElement): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => copySelected(text, near),
    );
  }
  return copySelected(text, near);
}

function copySelected(text: string, near: HTMLElement): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "sr-only";
  near.after(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  near.focus();
  return isCopied;
}
