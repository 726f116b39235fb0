import { resolve } from 'node:path';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { usageError } from '../../command-failure.ts';
import { type Context, contextOf, type KeySource } from '../../context/config.ts';
import { configFileOf, loadConfig, saveConfig } from '../../context/config-file.ts';
import { argument, localCommand } from '../../program/command.ts';
import { flag, text } from '../../program/options.ts';

export const set = localCommand({
  name: 'set',
  description:
    'Add a context, or change what is given of it. The first one becomes the current one. It names where the key is, never the key.',
  arguments: { name: argument('name', 'the name of the context') },
  options: {
    url: text('--url <url>', 'where Tandem is, such as https://tandem.example.com'),
    keyFile: text('--key-file <path>', 'the file that holds the key'),
    keyEnvironment: text('--key-env <name>', 'the environment variable that holds the key'),
    keyCommand: text('--key-command <command>', 'the command that prints the key'),
    noKey: flag('--without-key', 'use no key any more'),
    caFile: text('--ca-file <path>', 'the authorities to trust, in PEM'),
    clientCertFile: text('--client-cert-file <path>', 'a client certificate, in PEM'),
    clientKeyFile: text('--client-key-file <path>', 'its key, in PEM'),
    use: flag('--use', 'make it the current one'),
  },
  examples: [
    'tandem context set production --url https://tandem.example.com --key-file ~/.tandem.key',
    'tandem context set production --key-command "pass show tandem/production" --use',
  ],
  run: async ({ host, io, args: { name }, options }) => {
    if (!/^[\w.-]{1,63}$/.test(name))
      throw usageError('The name of a context has letters, digits, ".", "_" and "-", at most 63.');
    const config = loadConfig(host, io.say);
    const path = (file: string | undefined) => (file === undefined ? undefined : resolve(host.workingDirectory, file));
    const { caFile, clientCertFile, clientKeyFile, url } = options;
    const given = omitUndefined({
      url,
      key: keyOf(options, path),
      caFile: path(caFile),
      clientCertFile: path(clientCertFile),
      clientKeyFile: path(clientKeyFile),
    });
    const { key, ...rest } = { ...contextOf(config, name), ...given };
    const context = { ...rest, ...(key === undefined || options.noKey ? {} : { key }) };
    requireUrl(context, name);
    const current = options.use || config.current === undefined ? name : config.current;
    saveConfig(host, { ...config, current, contexts: { ...config.contexts, [name]: context } });
    return {
      notes: [`Context ${name} is in ${configFileOf(host)}${current === name ? ', and is the current one' : ''}.`],
    };
  },
});

type KeyOptions = {
  readonly keyFile: string | undefined;
  readonly keyEnvironment: string | undefined;
  readonly keyCommand: string | undefined;
};

const keyOf = (
  { keyFile, keyEnvironment: environment, keyCommand: command }: KeyOptions,
  path: (file: string | undefined) => string | undefined,
): KeySource | undefined => {
  const file = path(keyFile);
  const sources = [
    ...(file === undefined ? [] : [{ file }]),
    ...(environment === undefined ? [] : [{ environment }]),
    ...(command === undefined ? [] : [{ command }]),
  ];
  if (sources.length > 1) throw usageError('Give one of --key-file, --key-env and --key-command.');
  return sources[0];
};

function requireUrl(context: Partial<Context>, name: string): asserts context is Context {
  const { url } = context;
  if (url === undefined) throw usageError(`Context ${name} has no URL yet.`, 'Add --url https://tandem.example.com.');
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw usageError(`The URL must be like https://tandem.example.com, found ${JSON.stringify(url)}.`);
  }
  if (parsed.username !== '' || parsed.password !== '') throw usageError('The URL must not contain a password.');
}
