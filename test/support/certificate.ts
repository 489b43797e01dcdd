import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A certificate that vouches for itself, with its key, in files. */
export interface Certificate {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** In PEM. */
  readonly certificate: string;
}

/** Makes a certificate of 127.0.0.1 that is valid for a day. */
export function makeCertificate(folder: string, name: string): Certificate {
  const [certificateFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", keyFile];
  const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=IP:127.0.0.1", "-days", "1"];
  const words = ["req", "-x509", ...key, ...subject, "-out", certificateFile];
  const { status, error, stderr } = spawnSync("openssl", words, { encoding: "utf8" });
  if (status !== 0) {
    throw error ?? new Error(`openssl: ${stderr}`);
  }
  return { certificateFile, keyFile, certificate: readFileSync(certificateFile, "utf8") };
}
