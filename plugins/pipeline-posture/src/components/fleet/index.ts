export * from './FleetNumbers';
export * from './percent';
