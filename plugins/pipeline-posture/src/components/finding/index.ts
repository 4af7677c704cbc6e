export * from './FindingDetail';
export * from './FindingGroups';
export * from './FindingRow';
