interface Props {
  readonly id: string;
  readonly error: string | undefined;
}

/** What is wrong with a field. Always there, so that screen readers announce what appears in it. */
export function FieldError({ id, error }: Props) {
  return (
    <p id={id} className="field-error" aria-live="assertive">
      {error}
    </p>
  );
}
