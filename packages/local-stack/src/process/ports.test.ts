import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPort, isFree, rememberedPorts, rememberPort } from './ports.ts';

let taken: Server;
let port: number;
let directory: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tandem-ports-'));
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '0.0.0.0', resolve));
  port = (taken.address() as AddressInfo).port;
});
afterEach(() => {
  taken.close();
  rmSync(directory, { recursive: true });
});

describe('a port', () => {
  it('is not free while another server listens on all addresses', async () => {
    expect(await isFree(port)).toBe(false);
  });

  it('is the preferred one when that is free, else another', async () => {
    const free = await findPort([]);
    expect(await findPort([port, free])).toBe(free);
    expect(await findPort([port])).not.toBe(port);
  });

  it('is remembered by part; a broken file costs nothing but the numbers', () => {
    rememberPort(directory, 'redis', 7001);
    rememberPort(directory, 'postgres', 7002);
    expect(rememberedPorts(directory)).toEqual({ redis: 7001, postgres: 7002 });
    writeFileSync(join(directory, 'ports.json'), '{"red');
    expect(rememberedPorts(directory)).toEqual({});
  });
});
