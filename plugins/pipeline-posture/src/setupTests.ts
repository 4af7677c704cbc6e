import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The first rendering of an app loads all of Backstage; on a busy machine that takes longer than the defaults allow.
configure({ asyncUtilTimeout: 20_000 });
