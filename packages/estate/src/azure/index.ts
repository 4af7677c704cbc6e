export * from './azureEstate';
export * from './contoso';
export { azureTenant, loadAzureTenant, type AzureTenant } from './state';
