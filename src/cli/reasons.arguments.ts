/** The formats of files of reasons. */
export const fileFormats = ["json", "csv", "yaml"] as const;

export type FileFormat = (typeof fileFormats)[number];

/** What separates the columns of CSV. */
export const separatorNames = ["comma", "semicolon", "tab"] as const;

export type SeparatorName = (typeof separatorNames)[number];

/** Whose reasons, and who calls the upstream for them. */
export interface AccountArguments {
  readonly account: string;
  /** Who logs in; undefined: the environment has the credentials. */
  readonly username?: string;
}

/** The arguments of `reasons export`. */
export interface ExportArguments extends AccountArguments {
  readonly format?: FileFormat;
  /** A file's name, or `-` for standard output. */
  readonly output: string;
  readonly withIds?: boolean;
  readonly separator: SeparatorName;
}

/** The arguments of `reasons plan`. */
export interface PlanArguments extends AccountArguments {
  /** A file's name, or `-` for standard input. */
  readonly file: string;
  readonly format?: FileFormat;
  readonly deleteOthers?: boolean;
  readonly confirmDeleteAll?: boolean;
  readonly json?: boolean;
}

/** The arguments of `reasons apply`. */
export interface ApplyArguments extends PlanArguments {
  readonly yes?: boolean;
}
