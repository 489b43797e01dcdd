interface ImportMetaEnv {
  /** Where the form proposes to find the gateway. */
  readonly VITE_GATEWAY_URL?: string;
  /** The account that the form proposes. */
  readonly VITE_ACCOUNT_ID?: string;
}
