interface ImportMetaEnv {
  /** The form's initial gateway URL. */
  readonly VITE_GATEWAY_URL?: string;
  /** The form's initial account. */
  readonly VITE_ACCOUNT_ID?: string;
}
