export * from './AzureDevOpsClient';
export * from './operations';
export * from './Pacer';
export * from './unzip';
