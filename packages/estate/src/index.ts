export * from './engine';
export * from './aws';
export * from './azure-devops';
export * from './demo';
