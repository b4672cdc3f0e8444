/** How many of each thing a printed shift report holds; the page on the screen shows all. */
export const PRINTED = { machines: 10, stops: 6, lineStops: 4, work: 4, remarks: 5, notes: 3 } as const;
