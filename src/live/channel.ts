/** What a channel is about. */
export interface ChannelOptions<Position, Event> {
  /** Where the pollers are: another object after each poll; undefined before they have seen all that is needed. */
  readonly position: () => Position | undefined;
  /** Whether two positions show the same, whenever that was. */
  readonly isSame: (one: Position, other: Position) => boolean;
  /** @returns undefined where nothing has changed that is selected */
  readonly compare: (before: Position | undefined, after: Position) => Event | undefined;
}

interface Change<Position, Event> {
  readonly before: Position | undefined;
  readonly event: Event | undefined;
}

/** Those who are one change behind come first; whoever is far behind is compared on its own. */
const maxChanges = 16;

/**
 * What all watches of the same question and the same selection share: a change is computed once, and all of them get
 * the same event object. So whoever answers them can do that once, too.
 */
export class Channel<Position extends object, Event> {
  #newest: Position | undefined;
  #changes: Change<Position, Event>[] = [];

  constructor(private readonly options: ChannelOptions<Position, Event>) {}

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

/** Channels by key, each for as long as anybody holds it. */
export class Channels {
  readonly #channels = new Map<string, { readonly channel: unknown; holders: number }>();

  /** @param key says everything that the channel depends on: the type too */
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
