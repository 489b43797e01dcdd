/** A response that goes on, read as it comes. */
export interface StreamReader {
  readonly response: Response;
  /** Everything that came so far. */
  readonly text: () => string;
  /** Resolves once what came matches. */
  untilReceived(pattern: RegExp): Promise<void>;
  /** Resolves with everything once the response has ended. */
  untilEnded(): Promise<string>;
  /** Closes the connection. */
  abort(): void;
}

/** Sends a request, and resolves once the head of its response is there. */
export async function openStream(url: string, init: RequestInit = {}): Promise<StreamReader> {
  const controller = new AbortController();
  const response = await fetch(url, { ...init, signal: controller.signal });
  if (response.body === null) throw new Error("a response without a body");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const readMore = async (): Promise<boolean> => {
    const { done, value = "" } = await reader.read();
    text += value;
    return !done;
  };
  return {
    response,
    text: () => text,
    untilReceived: async (pattern) => {
      while (!pattern.test(text)) {
        if (!(await readMore())) throw new Error(`ended before ${pattern.source}: ${text}`);
      }
    },
    untilEnded: async () => {
      while (await readMore());
      return text;
    },
    abort: () => {
      controller.abort();
    },
  };
}
