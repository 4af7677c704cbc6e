export * from './engine';
export * from './aws';
