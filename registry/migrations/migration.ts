/** One step of the registry's schema. A step that was released never changes; a change is a new step. */
export interface Migration {
  /** Equals the number in the file's name, counting up; becomes `user_version`. */
  readonly version: number;
  readonly title: string;
  readonly sql: string;
}
