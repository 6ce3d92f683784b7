/** The name with the sign of a tollgate. */
export function Brand() {
  return (
    <span className="flex items-center gap-2 font-semibold tracking-tight">
      <svg
        aria-hidden="true"
        width="20"
        height="20"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.2"
        strokeLinecap="round"
        className="text-accent"
      >
        <path d="M5 21V6M5 9l15-4M19 21v-7" />
      </svg>
      Tollgate
    </span>
  );
}
