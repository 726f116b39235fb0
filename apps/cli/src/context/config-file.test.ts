import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { configFileOf, loadConfig, saveConfig } from './config-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => rmSync(join(folder, 'tandem'), { recursive: true, force: true }));

const location = { environment: { XDG_CONFIG_HOME: folder }, homeDirectory: '/home/ann', userId: process.getuid?.() };
const file = configFileOf(location);
const write = (text: string, mode = 0o600) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
};
const load = () => {
  const warnings: string[] = [];
  return { config: loadConfig(location, (line) => warnings.push(line)), warnings };
};

describe('the configuration file', () => {
  it('is below ~/.config, or below XDG_CONFIG_HOME', () => {
    expect(configFileOf({ ...location, environment: {} })).toBe('/home/ann/.config/tandem/config.yaml');
    expect(file).toBe(join(folder, 'tandem/config.yaml'));
  });

  it('is read as it was saved, and readable by its owner only', () => {
    const config = {
      current: 'production',
      contexts: {
        production: { url: 'https://tandem.example.com', key: { command: 'pass show "a b"' }, caFile: '/ca.pem' },
      },
    };
    expect(load().config).toEqual({ contexts: {} });
    saveConfig(location, config);
    expect(load()).toEqual({ config, warnings: [] });
    expect([statSync(file).mode & 0o777, statSync(dirname(file)).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  it('is reported if others can read it, and refused if they can write it', () => {
    write('contexts: {}', 0o644);
    expect(load().warnings).toEqual([`Warning: other users can read ${file}. chmod 600 ${file}`]);
    write('contexts: {}', 0o620);
    expect(load).toThrow(`Other users can write ${file}.`);
  });

  it.each([
    [
      'a key itself',
      'contexts: {p: {url: "https://p", key: tdm_secret}}',
      /contexts\.p\.key must not be the key itself/,
    ],
    [
      'two sources of a key',
      'contexts: {p: {url: "https://p", key: {file: a, command: b}}}',
      /must have one of file, environment, command/,
    ],
    ['an unknown field', 'contexts: {p: {url: "https://p", apiKey: x}}', /contexts\.p has no field apiKey/],
    ['a context without a URL', 'contexts: {p: {}}', /contexts\.p\.url must be a text/],
    ['a list', '- a', /the file must be a mapping/],
    ['what is no YAML', 'contexts: {', /is not YAML/],
  ])('is refused with %s, which is not repeated', (_, text, message) => {
    write(text);
    expect(load).toThrow(expect.objectContaining({ exit: 'usage', message: expect.stringMatching(message) }));
    expect(load).not.toThrow(/tdm_secret/);
  });
});
