/** How a channel computes its events. */
export interface ChannelOptions<Position, Event> {
  /** Whether time alone can bring a change, without new data. */
  readonly dependsOnTime: boolean;
  /** Returns the pollers' position: a new object after each poll; undefined until they have all the data needed. */
  readonly position: () => Position | undefined;
  /** Whether two positions show the same. */
  readonly isSame: (one: Position, other: Position) => boolean;
  /** @returns undefined where nothing has changed that is selected */
  readonly compare: (before: Position | undefined, after: Position) => Event | undefined;
}

interface Change<Position, Event> {
  readonly before: Position | undefined;
  readonly event: Event | undefined;
}

/** How many changes are kept. Most watches are one change behind; for watches further behind the rest is computed anew. */
const maxChanges = 16;

/**
 * Shared by all watches of the same question and the same selection: each change is computed once, and all watches get
 * the same event object, so that the operation can be executed once per event, too.
 */
export class Channel<Position extends object, Event> {
  #newest: Position | undefined;
  #changes: Change<Position, Event>[] = [];

  constructor(private readonly options: ChannelOptions<Position, Event>) {}

  get dependsOnTime(): boolean {
    return this.options.dependsOnTime;
  }

  newest(): Position | undefined {
    return this.options.position();
  }

  changeBetween(before: Position | undefined, after: Position): Event | undefined {
    if (after !== this.#newest) {
      this.#newest = after;
      this.#changes = [];
    }
    const known = this.#changes.find((change) => this.#isSame(change.before, before));
    if (known !== undefined) return known.event;
    const event = this.options.compare(before, after);
    if (this.#changes.length < maxChanges) this.#changes.push({ before, event });
    return event;
  }

  #isSame(one: Position | undefined, other: Position | undefined): boolean {
    if (one === undefined || other === undefined) return one === other;
    return this.options.isSame(one, other);
  }
}

/** Channels by key, with reference counts: a channel is removed when its last holder releases it. */
export class Channels {
  readonly #channels = new Map<string, { readonly channel: unknown; holders: number }>();

  /** @param key has to identify everything that the channel depends on, including its types */
  acquire<Position extends object, Event>(
    key: string,
    create: () => Channel<Position, Event>,
  ): Channel<Position, Event> {
    const entry = this.#channels.get(key) ?? { channel: create(), holders: 0 };
    entry.holders += 1;
    this.#channels.set(key, entry);
    return entry.channel as Channel<Position, Event>;
  }

  release(key: string): void {
    const entry = this.#channels.get(key);
    if (entry === undefined) return;
    entry.holders -= 1;
    if (entry.holders === 0) this.#channels.delete(key);
  }
}
