import type { SharedStateMetrics } from "../observability/index.js";
import type { BoundedCommands } from "./bounded-commands.js";
import { openText, sealedName, sealText } from "./sealed-text.js";

/** How long a text is kept after it was last registered, in milliseconds. */
const keptMs = 24 * 60 * 60 * 1000;

/** The most characters of a text that is shared. */
const maxLength = 32_768;

/** How many texts a copy shares in a second: whoever reaches the gateway can register any number. */
const maxPerSecond = 20;

/** The texts of persisted queries, in a Redis. */
export class RedisQueryTexts {
  #second = 0;
  #count = 0;

  constructor(
    private readonly commands: BoundedCommands,
    private readonly prefix: string,
    private readonly metrics: SharedStateMetrics,
  ) {}

  async get(hash: string): Promise<string | undefined> {
    const sealed: unknown = await this.commands.read((client) => client.getBuffer(this.#keyOf(hash)));
    if (sealed === null || sealed === undefined) return undefined;
    const text = Buffer.isBuffer(sealed) ? openText(hash, sealed) : undefined;
    if (text === undefined) this.metrics.dropped("invalid");
    else this.metrics.received("query");
    return text;
  }

  share(hash: string, text: string): void {
    if (text.length > maxLength || !this.#isWithinRate()) {
      this.metrics.dropped("busy");
      return;
    }
    const isSent = this.commands.send((client) =>
      client.set(this.#keyOf(hash), sealText(hash, text), "PX", keptMs),
    );
    if (isSent) this.metrics.sent("query");
  }

  #isWithinRate(): boolean {
    const second = Math.floor(performance.now() / 1000);
    if (second !== this.#second) this.#count = 0;
    this.#second = second;
    this.#count += 1;
    return this.#count <= maxPerSecond;
  }

  #keyOf(hash: string): string {
    return `${this.prefix}query:${sealedName(hash)}`;
  }
}
