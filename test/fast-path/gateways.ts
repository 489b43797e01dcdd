import type { Fault } from "../../src/emulator/faults/faults.js";
import { post, startTestGateway } from "../support/gateway.js";
import type { TestGateway, TestGatewayOptions, WireError } from "../support/gateway.js";

/** What a client is told, and how many upstream calls that took. */
export interface Told {
  readonly status: number;
  readonly text: string;
  readonly errors: readonly WireError[];
  readonly calls: number;
}

/** A gateway that compiles what it is asked for, and one before the same emulator that never does. */
export interface Gateways {
  readonly compiling: TestGateway;
  readonly plain: TestGateway;
  /** Asks the compiling gateway until it has had every reason to know the operation. */
  teach(body: object): Promise<void>;
  ask(gateway: TestGateway, body: object, token?: string | null): Promise<Told>;
  /**
   * Asks both gateways the same, the compiling one when it knows the operation, and expects the same.
   *
   * @param faults in the emulator's way each time that it is compared, after the operation is known
   */
  compare(body: object, faults?: readonly Fault[]): Promise<Told>;
}

/**
 * Both gateways for all tests of the block that calls this.
 *
 * @param extra configuration of both
 * @param options of both, beyond the settings
 */
export function useGateways(
  extra: Readonly<Record<string, string>> = {},
  options: TestGatewayOptions = {},
): Gateways {
  let compiling: TestGateway | undefined;
  let plain: TestGateway | undefined;
  beforeAll(async () => {
    const env = { UPSTREAM_ATTEMPTS: "1", UPSTREAM_CIRCUIT_FAILURES: "1000000", ...extra };
    compiling = await startTestGateway(env, options);
    const uncompiled = { ...env, COMPILED_OPERATIONS: "0", UPSTREAM: compiling.emulator.origin };
    plain = await startTestGateway(uncompiled, options);
  });
  afterEach(() => {
    compiling?.emulator.reset();
  });
  afterAll(async () => {
    await plain?.stop();
    await compiling?.stop();
  });
  const present = (gateway: TestGateway | undefined): TestGateway => {
    if (gateway === undefined) throw new Error("not started yet");
    return gateway;
  };
  const ask = async (gateway: TestGateway, body: object, token?: string | null): Promise<Told> => {
    const { journal } = present(compiling).emulator;
    const before = journal.requests.length;
    const caller = token === undefined ? {} : { token };
    const headers = { "x-request-id": "one" };
    const { status, text, errors } = await post(gateway.url, JSON.stringify(body), { headers, ...caller });
    return { status, text, errors, calls: journal.requests.length - before };
  };
  return {
    get compiling() {
      return present(compiling);
    },
    get plain() {
      return present(plain);
    },
    teach: async (body) => {
      await ask(present(compiling), body);
      await ask(present(compiling), body);
    },
    ask,
    async compare(body, faults = []) {
      await this.teach(body);
      const { emulator } = present(compiling);
      emulator.faults.add(...faults);
      const expected = await ask(present(plain), body);
      emulator.faults.clear();
      emulator.faults.add(...faults);
      const told = await ask(present(compiling), body);
      emulator.faults.clear();
      expect(told).toEqual(expected);
      return told;
    },
  };
}
