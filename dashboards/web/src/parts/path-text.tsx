import { Fragment } from 'preact';

/** A path that breaks behind its levels where it is too long for its place, and within a name only if that is. */
export function PathText({ path }: { path: string }) {
  return (
    <>
      {path.split('/').map((level, place) => (
        <Fragment key={place}>
          {place > 0 ? (
            <>
              /<wbr />
            </>
          ) : null}
          {level}
        </Fragment>
      ))}
    </>
  );
}
