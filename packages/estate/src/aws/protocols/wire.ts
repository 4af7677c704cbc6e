/** A value that can be put on the wire. */
export type Wire =
  | string
  | number
  | boolean
  | Date
  | Buffer
  | null
  | undefined
  | Wire[]
  | ReadonlyMap<string, string>
  | { [key: string]: Wire };

/** An answer, ready to be sent. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}
