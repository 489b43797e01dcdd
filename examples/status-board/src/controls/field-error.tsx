interface Props {
  readonly id: string;
  readonly error: string | undefined;
}

/** The error of a field. Always rendered, so that screen readers announce changes. */
export function FieldError({ id, error }: Props) {
  return (
    <p id={id} className="field-error" aria-live="assertive">
      {error}
    </p>
  );
}
