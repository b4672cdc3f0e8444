/** One of a few ways to show the same, as buttons of which one is pressed. */
export function Switch<Way extends string>({
  label,
  ways,
  chosen,
  choose,
}: {
  /** What is chosen. */
  readonly label: string;
  /** Values with their names, in the order shown. */
  readonly ways: readonly (readonly [way: Way, name: string])[];
  readonly chosen: Way;
  readonly choose: (way: Way) => void;
}) {
  return (
    <fieldset class="by" aria-label={label}>
      {ways.map(([way, name]) => (
        <button
          key={way}
          type="button"
          class="small"
          aria-pressed={way === chosen}
          onClick={() => choose(way)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
