import { styleText } from 'node:util';

type Paint = (text: string) => string;

/** Colours by meaning. Without a terminal, or with NO_COLOR, each returns its text. */
export type Style = {
  readonly good: Paint;
  readonly bad: Paint;
  readonly warning: Paint;
  readonly dim: Paint;
  readonly strong: Paint;
};

const paint =
  (format: Parameters<typeof styleText>[0]): Paint =>
  (text) =>
    text === '' ? text : styleText(format, text, { validateStream: false });

const COLOURED: Style = {
  good: paint('green'),
  bad: paint('red'),
  warning: paint('yellow'),
  dim: paint('dim'),
  strong: paint('bold'),
};

const same: Paint = (text) => text;
export const PLAIN: Style = { good: same, bad: same, warning: same, dim: same, strong: same };

type Environment = Readonly<Record<string, string | undefined>>;

/** no-color.org: any value of NO_COLOR but the empty one. */
export const styleOf = (isTerminal: boolean, { NO_COLOR, TERM }: Environment): Style =>
  isTerminal && !NO_COLOR && TERM !== 'dumb' ? COLOURED : PLAIN;

const GOOD = new Set(['COMPLETED', 'SUCCEEDED', 'SUCCESS', 'SAFE', 'OK']);
const BAD = new Set(['FAILED', 'INCOMPATIBLE', 'INCOMPLETE', 'PARTIAL', 'VANISHED', 'NOT_PROTECTED', 'FAIL']);
const DIM = new Set(['CANCELLED', 'QUEUED', 'EMPTY']);

/** A state in its colour. */
export const state = (name: string, style: Style): string => {
  const key = name.toUpperCase().replaceAll(' ', '_');
  if (GOOD.has(key)) return style.good(name);
  if (BAD.has(key)) return style.bad(name);
  return DIM.has(key) ? style.dim(name) : style.warning(name);
};
