import { expect, it } from 'vitest';
import { chooseCluster } from './cluster-choice.ts';

const reports = (...found: readonly (string | undefined)[]) =>
  found.map((clusterUuid, at) => ({ url: `http://engine-${at}`, clusterUuid }));

it.each<[string, readonly (string | undefined)[], string | undefined, ReturnType<typeof chooseCluster>]>([
  ['no address answers', [undefined, undefined], undefined, { chosen: undefined, why: 'unknown' }],
  ['no address answers, one recorded', [undefined, undefined], 'x', { chosen: undefined, why: 'unknown' }],
  ['all agree, nothing recorded', ['x', 'x'], undefined, { chosen: 'x' }],
  ['some answer and agree, nothing recorded', ['x', undefined], undefined, { chosen: 'x' }],
  ['two disagree, nothing recorded', ['x', 'y'], undefined, { chosen: undefined, why: 'disagree' }],
  ['most agree, nothing recorded', ['x', 'x', 'y'], undefined, { chosen: undefined, why: 'disagree' }],
  ['two disagree, one is the recorded', ['x', 'y'], 'y', { chosen: 'y' }],
  ['most are another than the recorded', ['x', 'x', 'y'], 'y', { chosen: 'y' }],
  ['two disagree, none is the recorded', ['x', 'y'], 'z', { chosen: undefined, why: 'disagree' }],
  ['the recorded is away, another answers', ['x', undefined], 'z', { chosen: undefined, why: 'elsewhere' }],
  ['all lead to another than the recorded', ['x', 'x'], 'z', { chosen: 'x' }],
  ['one address leads to another than the recorded', ['x'], 'z', { chosen: 'x' }],
])('%s', (_, found, recorded, choice) => {
  expect(chooseCluster(reports(...found), recorded)).toEqual(choice);
});
