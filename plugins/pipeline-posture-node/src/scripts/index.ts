export * from './deploysByScript';
export * from './statements';
