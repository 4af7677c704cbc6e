export * from './engine';
export * from './aws';
export * from './azure';
export * from './azure-devops';
export * from './demo';
export * from './github';
export * from './growth';
