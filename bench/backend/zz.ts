import { benchLabels } from './zz12';
benchLabels().then(
  r => {
    console.log(JSON.stringify(r, null, 1));
    process.exit(0);
  },
  e => {
    console.error(e);
    process.exit(1);
  },
);
