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
    'docs/settings.md lists every setting. Without DATABASE_URL, REDIS_URL or ELASTICSEARCH_URL the stack of npm start in this',
    'checkout is used, where it runs.',
    '',
  ].join('\n');

/** Ends the process with 0 after printing its usage, where its command line asks for that. */
export const exitWhereHelpIsAsked = (name: string, purpose: string): void => {
  if (!process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h')) return;
  process.stdout.write(usage(name, purpose));
  process.exit(0);
};
