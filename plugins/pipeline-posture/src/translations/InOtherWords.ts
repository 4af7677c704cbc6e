/** The same keys with other words. A missing or superfluous key does not compile. */
export type InOtherWords<T> = {
  [K in keyof T]: T[K] extends string ? string : InOtherWords<T[K]>;
};
