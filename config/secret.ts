/** A text that must not be shown: printed, logged or written as JSON it says only that it is set. */
export interface Secret {
  reveal(): string;
  toString(): string;
  toJSON(): string;
}

const SHOWN = '(set)';

export const secret = (text: string): Secret =>
  Object.freeze({ reveal: () => text, toString: () => SHOWN, toJSON: () => SHOWN });
