// Generated from the schema in src/config by `npm run generate`; do not edit.

/**
 * The settings of a gateway, by the names of their environment variables. A string is read as the variable of that name
 * would be.
 */
export interface Settings {
  /**
   * `production` turns off introspection and the explorers, and makes `UPSTREAM` mandatory.
   */
  readonly NODE_ENV?: "production" | "development" | "test" | undefined;
  /**
   * The address that the gateway listens on.
   *
   * Values: a name or an address.
   *
   * @default 127.0.0.1
   */
  readonly HOST?: string | undefined;
  /**
   * The port that the gateway listens on; 0 takes any free one.
   *
   * Values: 0 to 65535.
   *
   * @default 4000
   */
  readonly PORT?: number | string | undefined;
  /**
   * The origins whose pages may call the gateway from a browser.
   *
   * Values: comma-separated http(s) origins; `*` for any.
   *
   * @default *; in production none
   */
  readonly CORS_ORIGINS?: string | undefined;
  /**
   * The lowest level that is logged: as JSON lines on standard output, or as coloured text if that is a terminal and NODE_ENV is not `production`.
   *
   * @default info
   */
  readonly LOG_LEVEL?: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent" | undefined;
  /**
   * How many operations are kept compiled; 0 turns compilation off, and Apollo Server and graphql-js execute everything.
   *
   * Values: 0 to 100000.
   *
   * @default 1000
   */
  readonly COMPILED_OPERATIONS?: number | string | undefined;
  /**
   * Whether the field `_service { sdl }` shows the schema.
   *
   * @default true; in production false
   */
  readonly SUBGRAPH_SDL?: boolean | "true" | "1" | "false" | "0" | undefined;
  /**
   * Where the upstream is. `emulator`: the built-in emulator; `liveperson`: at the hosts that the Domain API names for each account; an origin: every service at that origin.
   *
   * @default emulator; in production must be set
   */
  readonly UPSTREAM?: "emulator" | "liveperson" | (string & {}) | undefined;
  /**
   * The only accounts that are served.
   *
   * Values: comma-separated account ids.
   *
   * @default any
   */
  readonly ACCOUNTS?: string | undefined;
  /**
   * The Domain API's origin; discovered hosts are called with its scheme.
   *
   * Values: an http(s) origin.
   *
   * @default https://api.liveperson.net
   */
  readonly DOMAIN_API_URL?: string | undefined;
  /**
   * The hosts that discovery may lead to; `*.domain` allows port 443 only. If it is not set and `DOMAIN_API_URL` is on this machine, this machine is allowed too.
   *
   * Values: comma-separated hosts with or without a port, or `*.domain`.
   *
   * @default *.liveperson.net,*.liveperson.com
   */
  readonly UPSTREAM_ALLOWED_HOSTS?: string | undefined;
  /**
   * How long a discovered host is kept.
   *
   * Values: 1000 to 604800000 ms.
   *
   * @default 3600000
   */
  readonly DISCOVERY_TTL_MS?: number | string | undefined;
  /**
   * The `v` parameter of every upstream call.
   *
   * Values: a version.
   *
   * @default 1.0
   */
  readonly UPSTREAM_API_VERSION?: string | undefined;
  /**
   * The port that the emulator listens on; 0 takes any free one.
   *
   * Values: 0 to 65535.
   *
   * @default 0
   */
  readonly EMULATOR_PORT?: number | string | undefined;
  /**
   * Whether agents of the emulator's main account change by themselves.
   *
   * @default true; in test and production false
   */
  readonly EMULATOR_LIVELY?: boolean | "true" | "1" | "false" | "0" | undefined;
  /**
   * Whose credentials the upstream gets. `caller`: the caller's bearer token; `oauth2`, `oauth1`: the gateway's own, which `Agent.statusChanges` needs.
   *
   * @default caller
   */
  readonly CREDENTIALS?: "caller" | "oauth2" | "oauth1" | undefined;
  /**
   * For `oauth2`: the client's id.
   *
   * Values: text.
   */
  readonly LP_CLIENT_ID?: string | undefined;
  /**
   * The file that holds LP_CLIENT_ID.
   */
  readonly LP_CLIENT_ID_FILE?: string | undefined;
  /**
   * For `oauth2`: the client's secret.
   *
   * Values: text.
   */
  readonly LP_CLIENT_SECRET?: string | undefined;
  /**
   * The file that holds LP_CLIENT_SECRET.
   */
  readonly LP_CLIENT_SECRET_FILE?: string | undefined;
  /**
   * For `oauth1`: the API key's app key.
   *
   * Values: text.
   */
  readonly LP_APP_KEY?: string | undefined;
  /**
   * The file that holds LP_APP_KEY.
   */
  readonly LP_APP_KEY_FILE?: string | undefined;
  /**
   * For `oauth1`: the API key's secret.
   *
   * Values: text.
   */
  readonly LP_APP_SECRET?: string | undefined;
  /**
   * The file that holds LP_APP_SECRET.
   */
  readonly LP_APP_SECRET_FILE?: string | undefined;
  /**
   * For `oauth1`: the API key's access token.
   *
   * Values: text.
   */
  readonly LP_ACCESS_TOKEN?: string | undefined;
  /**
   * The file that holds LP_ACCESS_TOKEN.
   */
  readonly LP_ACCESS_TOKEN_FILE?: string | undefined;
  /**
   * For `oauth1`: the access token's secret.
   *
   * Values: text.
   */
  readonly LP_ACCESS_TOKEN_SECRET?: string | undefined;
  /**
   * The file that holds LP_ACCESS_TOKEN_SECRET.
   */
  readonly LP_ACCESS_TOKEN_SECRET_FILE?: string | undefined;
  /**
   * For the command `reasons`: the bearer token that it calls the upstream with, in place of `CREDENTIALS`. The gateway does not use it.
   *
   * Values: text.
   */
  readonly LP_BEARER_TOKEN?: string | undefined;
  /**
   * The file that holds LP_BEARER_TOKEN.
   */
  readonly LP_BEARER_TOKEN_FILE?: string | undefined;
  /**
   * For `oauth2` and `oauth1`: the bearer tokens that callers of the gateway must send one of.
   *
   * Values: comma-separated keys, each of 16 visible ASCII characters or more.
   */
  readonly GATEWAY_API_KEYS?: string | undefined;
  /**
   * The file that holds GATEWAY_API_KEYS.
   */
  readonly GATEWAY_API_KEYS_FILE?: string | undefined;
  /**
   * How often files of secrets are looked at; changed ones are taken without a restart. 0: only on SIGHUP.
   *
   * Values: 0 to 3600000 ms.
   *
   * @default 10000
   */
  readonly SECRETS_CHECK_MS?: number | string | undefined;
  /**
   * The proxy for https upstreams; a user and a password in it are kept secret.
   *
   * Values: the http(s) URL of a proxy.
   */
  readonly HTTPS_PROXY?: string | undefined;
  /**
   * The proxy for http upstreams.
   *
   * Values: the http(s) URL of a proxy.
   */
  readonly HTTP_PROXY?: string | undefined;
  /**
   * The hosts that are called without a proxy.
   *
   * Values: comma-separated hosts, subnets, or `*` for all.
   */
  readonly NO_PROXY?: string | undefined;
  /**
   * The deadline for all upstream work of one request.
   *
   * Values: 1 to 600000 ms.
   *
   * @default 10000
   */
  readonly UPSTREAM_TIMEOUT_MS?: number | string | undefined;
  /**
   * How often a call is sent at most, the first time included; 1 turns retries off.
   *
   * Values: 1 to 10.
   *
   * @default 3
   */
  readonly UPSTREAM_ATTEMPTS?: number | string | undefined;
  /**
   * Concurrent calls to one upstream host.
   *
   * Values: 1 to 10000.
   *
   * @default 64
   */
  readonly UPSTREAM_MAX_CONCURRENCY?: number | string | undefined;
  /**
   * How many calls to one account may begin within a second, over all copies that share a Redis; further ones wait, as long as their deadline allows.
   *
   * Values: 1 to 1000000.
   *
   * @default no limit
   */
  readonly ACCOUNT_MAX_CALLS_PER_SECOND?: number | string | undefined;
  /**
   * Calls that wait for one upstream host; further ones are refused.
   *
   * Values: 0 to 100000.
   *
   * @default 1024
   */
  readonly UPSTREAM_MAX_QUEUE?: number | string | undefined;
  /**
   * Consecutive failures (5xx, time-outs, broken connections) that open an upstream host's circuit.
   *
   * Values: 1 to 1000000.
   *
   * @default 30
   */
  readonly UPSTREAM_CIRCUIT_FAILURES?: number | string | undefined;
  /**
   * How long an open circuit refuses calls before it lets one through.
   *
   * Values: 1 to 600000 ms.
   *
   * @default 5000
   */
  readonly UPSTREAM_CIRCUIT_OPEN_MS?: number | string | undefined;
  /**
   * The manifest of the documents that clients may ask for by their ids: in Apollo's format or that of GraphQL Code Generator. It is read when the gateway starts.
   *
   * Values: a path.
   *
   * @default none
   */
  readonly TRUSTED_DOCUMENTS?: string | undefined;
  /**
   * `only` refuses every document that the manifest does not have, before it is parsed.
   *
   * @default allow
   */
  readonly TRUSTED_DOCUMENTS_MODE?: "allow" | "only" | undefined;
  /**
   * Whether `only` lets routers read the schema by `{ _service { sdl } }` and check the health by `{ __typename }`.
   *
   * @default false
   */
  readonly TRUSTED_DOCUMENTS_SDL?: boolean | "true" | "1" | "false" | "0" | undefined;
  /**
   * Characters of a document.
   *
   * Values: 1 to 100000000.
   *
   * @default 65536
   */
  readonly QUERY_MAX_SOURCE?: number | string | undefined;
  /**
   * How deep fields may nest.
   *
   * Values: 1 to 100.
   *
   * @default 12
   */
  readonly QUERY_MAX_DEPTH?: number | string | undefined;
  /**
   * Aliases in an operation.
   *
   * Values: 0 to 100000.
   *
   * @default 2000
   */
  readonly QUERY_MAX_ALIASES?: number | string | undefined;
  /**
   * Fields of Query or Mutation in an operation.
   *
   * Values: 1 to 100000.
   *
   * @default 1500
   */
  readonly QUERY_MAX_ROOT_FIELDS?: number | string | undefined;
  /**
   * Directives in an operation.
   *
   * Values: 0 to 100000.
   *
   * @default 500
   */
  readonly QUERY_MAX_DIRECTIVES?: number | string | undefined;
  /**
   * Words, punctuation marks and comments in a document.
   *
   * Values: 1 to 1000000.
   *
   * @default 30000
   */
  readonly QUERY_MAX_TOKENS?: number | string | undefined;
  /**
   * The estimated cost of an operation: values in its result, an upstream record counting ten more.
   *
   * Values: 1 to 1000000000.
   *
   * @default 400000
   */
  readonly QUERY_MAX_COST?: number | string | undefined;
  /**
   * Upstream calls of an operation, retries not counted.
   *
   * Values: 1 to 1000000.
   *
   * @default 1000
   */
  readonly QUERY_MAX_UPSTREAM_CALLS?: number | string | undefined;
  /**
   * Distinct accounts in an operation.
   *
   * Values: 1 to 1000000.
   *
   * @default 100
   */
  readonly QUERY_MAX_ACCOUNTS?: number | string | undefined;
  /**
   * The largest request body.
   *
   * Values: 1 to 100000000 bytes.
   *
   * @default 1048576
   */
  readonly MAX_BODY_BYTES?: number | string | undefined;
  /**
   * The size of all incomplete request bodies together; beyond it the oldest are refused with a 503.
   *
   * Values: 1 to 10000000000 bytes.
   *
   * @default 67108864
   */
  readonly MAX_BODIES_BYTES?: number | string | undefined;
  /**
   * The size of all headers of a request.
   *
   * Values: 1024 to 1048576 bytes.
   *
   * @default 16384
   */
  readonly MAX_HEADER_BYTES?: number | string | undefined;
  /**
   * The largest response that is sent.
   *
   * Values: 1024 to 1000000000 bytes.
   *
   * @default 16777216
   */
  readonly RESPONSE_MAX_BYTES?: number | string | undefined;
  /**
   * Concurrent GraphQL requests; further ones get a 503.
   *
   * Values: 1 to 1000000.
   *
   * @default 1000
   */
  readonly MAX_REQUESTS_IN_FLIGHT?: number | string | undefined;
  /**
   * Concurrent GraphQL requests of one connection; further ones get a 503.
   *
   * Values: 1 to 1000000.
   *
   * @default 64
   */
  readonly MAX_PIPELINED_REQUESTS?: number | string | undefined;
  /**
   * GraphQL operations in a minute with the same `Authorization`, over all copies that share a Redis; further ones get a 429.
   *
   * Values: 1 to 100000000.
   *
   * @default no limit
   */
  readonly CALLER_MAX_OPERATIONS_PER_MINUTE?: number | string | undefined;
  /**
   * Open connections; beyond it, idle ones and those with an incomplete request are closed for new ones.
   *
   * Values: 1 to 1000000.
   *
   * @default 5000
   */
  readonly MAX_CONNECTIONS?: number | string | undefined;
  /**
   * How long a client may take to send a whole request.
   *
   * Values: 100 to 600000 ms.
   *
   * @default 15000
   */
  readonly CLIENT_TIMEOUT_MS?: number | string | undefined;
  /**
   * How long an idle connection is kept.
   *
   * Values: 1 to 86400000 ms.
   *
   * @default 620000
   */
  readonly KEEP_ALIVE_TIMEOUT_MS?: number | string | undefined;
  /**
   * Time between two polls of the upstream for the subscriptions to the same data.
   *
   * Values: 1000 to 3600000 ms.
   *
   * @default 5000
   */
  readonly LIVE_INTERVAL_MS?: number | string | undefined;
  /**
   * Open subscriptions; 0 turns subscriptions off.
   *
   * Values: 0 to 1000000.
   *
   * @default 10000
   */
  readonly LIVE_MAX_SUBSCRIPTIONS?: number | string | undefined;
  /**
   * Open subscriptions with the same `Authorization`.
   *
   * Values: 1 to 1000000.
   *
   * @default 100
   */
  readonly LIVE_MAX_PER_TOKEN?: number | string | undefined;
  /**
   * The Redis, or what speaks its protocol, through which copies of the gateway share what they learn. Not set: each copy is alone.
   *
   * Values: `redis://[user[:password]@]host[:port][/database]`, `redis+sentinel://…host[:port],…/primary[/database]` or `redis+cluster://…host[:port],…`; with TLS `rediss…`.
   */
  readonly REDIS_URL?: string | undefined;
  /**
   * The file that holds REDIS_URL.
   */
  readonly REDIS_URL_FILE?: string | undefined;
  /**
   * Its password, if it is not in the URL.
   *
   * Values: text.
   */
  readonly REDIS_PASSWORD?: string | undefined;
  /**
   * The file that holds REDIS_PASSWORD.
   */
  readonly REDIS_PASSWORD_FILE?: string | undefined;
  /**
   * The password of the Sentinels, if they have one. They do not get that of the Redis.
   *
   * Values: text.
   */
  readonly REDIS_SENTINEL_PASSWORD?: string | undefined;
  /**
   * The file that holds REDIS_SENTINEL_PASSWORD.
   */
  readonly REDIS_SENTINEL_PASSWORD_FILE?: string | undefined;
  /**
   * For `rediss`: the certificates of the only CAs that vouch for the Redis. Not set: those that Node trusts.
   *
   * Values: certificates in PEM.
   */
  readonly REDIS_CA?: string | undefined;
  /**
   * The file that holds REDIS_CA.
   */
  readonly REDIS_CA_FILE?: string | undefined;
  /**
   * The start of all keys and channels. Copies with the same prefix act as one; two installations on one Redis need different ones.
   *
   * Values: 1 to 100 characters, no spaces.
   *
   * @default status-reason-gateway:
   */
  readonly REDIS_PREFIX?: string | undefined;
  /**
   * How long the gateway goes on serving after `/readyz` reports that it is stopping.
   *
   * Values: 0 to 600000 ms.
   *
   * @default 0
   */
  readonly SHUTDOWN_DELAY_MS?: number | string | undefined;
  /**
   * How long requests in flight may take after that before they are cancelled.
   *
   * Values: 0 to 600000 ms.
   *
   * @default 15000
   */
  readonly SHUTDOWN_TIMEOUT_MS?: number | string | undefined;
  /**
   * Whether `/readyz` is 503 while an upstream circuit is open.
   *
   * @default false
   */
  readonly READYZ_FAILS_ON_OPEN_CIRCUIT?: boolean | "true" | "1" | "false" | "0" | undefined;
}
