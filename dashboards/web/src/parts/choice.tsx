/** One of a list, with its label. */
export function Choice({
  label,
  value,
  options,
  change,
  required = false,
}: {
  readonly label: string;
  readonly value: string;
  /** Values with their names. */
  readonly options: readonly (readonly [string, string])[];
  readonly change: (value: string) => void;
  readonly required?: boolean;
}) {
  return (
    <label>
      {label}
      <select value={value} required={required} onChange={(event) => change(event.currentTarget.value)}>
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
