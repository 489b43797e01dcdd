/** What a file says, not checked yet, with the places that problems are reported at. */
export interface Source {
  /** One for each reason: its fields by name. */
  readonly items: readonly SourceItem[];
}

/** What a file says about one reason. */
export interface SourceItem {
  /** Of any type; an object, if the file is right. */
  readonly value: unknown;
  /**
   * Where it is in the file, such as `7` for a line or `7:12` for a line and a column.
   *
   * @param field the place of this field; if it is missing, of the item
   */
  readonly placeOf: (field?: string) => string;
}

/** One thing that is wrong with a file. */
export interface FileIssue {
  /** As of {@link SourceItem.placeOf}; undefined: the whole file. */
  readonly place?: string | undefined;
  readonly message: string;
}

/** What is wrong with a file, before its name is known. */
export class SourceProblem extends Error {
  override readonly name = "SourceProblem";

  constructor(readonly issues: readonly FileIssue[]) {
    super(issues.map(({ message }) => message).join("\n"));
  }
}
