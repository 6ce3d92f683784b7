/** The columns of the timeline: what a call is, its bar, its cost. Narrow screens have the bar below the others. */
export const GRID = "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 md:grid-cols-[230px_minmax(0,1fr)_92px]";

/** Where the bar stands in it. */
export const BAR = "order-last col-span-2 md:order-none md:col-span-1";
