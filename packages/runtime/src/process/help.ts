/** What `npm run NAME -- --help` prints. */
export const usage = (name: string, purpose: string): string =>
  [
    `npm run ${name} [-- --config FILE]`,
    '',
    `Tandem's ${name}: ${purpose}.`,
    '',
    '  --config FILE   YAML file with settings; TANDEM_CONFIG names one too. The environment takes precedence.',
    '  --help          this text',
    '',
    'docs/settings.md lists every setting. Without DATABASE_URL, REDIS_URL or ELASTICSEARCH_URL, the stack that npm start runs in this',
    'checkout is used, if it is running.',
    '',
  ].join('\n');

/** Prints the usage and exits with 0 if the command line has `--help` or `-h`. */
export const exitIfHelpRequested = (name: string, purpose: string): void => {
  if (!process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) return;
  process.stdout.write(usage(name, purpose));
  process.exit(0);
};
