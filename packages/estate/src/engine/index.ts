export * from './behaviour';
export * from './calls';
export * from './listen';
