export * from './Banners';
export * from './Failure';
export * from './Unlinked';
