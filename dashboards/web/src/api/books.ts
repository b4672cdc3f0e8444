export type BookCounts = Readonly<Record<string, number>>;

export interface Books {
  readonly asOf: string;
  readonly messages: BookCounts;
  readonly observations: BookCounts;
  readonly sources: readonly { source: string; messages: BookCounts; observations: BookCounts }[];
}

export interface RefusedPage {
  readonly items: readonly {
    id: number;
    topic: string;
    receivedAt: string;
    code: string;
    detail: string;
    payloadBase64: string;
    truncated: boolean;
  }[];
  readonly next: string | null;
}
