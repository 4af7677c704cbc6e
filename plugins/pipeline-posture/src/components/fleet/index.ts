export * from './ExportButtons';
export * from './FleetNumbers';
export * from './percent';
