export * from './contoso';
export * from './estate';
export * from './generate';
export * from './state';
export type { AzureHost } from './server/locations';
