/** The Domain API's names of the services used here. Case-sensitive. */
export type ServiceName =
  | "accountConfigReadOnly"
  | "accountConfigReadWrite"
  | "agentActivityDomain"
  | "agentManagerWorkspace"
  | "agentVep"
  | "sentinel";

/** `GET /api/account/{accountId}/service/{serviceName}/baseURI.json?version=1.0` */
export interface BaseUriWire {
  service: string;
  account: string;
  /** A bare host; a port may follow. */
  baseURI: string;
}
