/** What every entry of a catalogue folder says of itself; titles are Chinese first. */
export interface CatalogueEntry {
  readonly id: string;
  readonly title: { readonly zh: string; readonly en: string };
  /** Where the definition comes from, and how well that is verified. */
  readonly source: string;
}
