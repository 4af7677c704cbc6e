import { startDemo } from './startDemo';

const say = (line: string) => process.stdout.write(`${line}\n`);

startDemo(process.env.CONTOSO_AZURE_CERTIFICATE).then(
  demo => {
    say('estate: Contoso is up');
    const stop = () => demo.close().then(() => process.exit(0));
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  },
  error => {
    process.stderr.write(`estate: ${error.message}\n`);
    process.exit(1);
  },
);
