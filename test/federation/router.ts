/** A federation router, on a port. */
export interface Router {
  readonly url: string;
  stop(): Promise<void>;
}
