export * from './annotations';
export * from './linkKeys';
export * from './repositoryUrl';
