/** Peers of one district or industry; `null` statistics: the group is smaller than may be shown to another plant. */
export interface PeerGroup {
  readonly by: 'district' | 'industry' | 'programme';
  readonly name: string;
  readonly size: number;
  readonly scores: { readonly lowest: number; readonly median: number; readonly highest: number } | null;
}
