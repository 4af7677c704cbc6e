export * from './contoso';
export * from './estate';
export * from './state';
export type { AzureHost } from './server/locations';
