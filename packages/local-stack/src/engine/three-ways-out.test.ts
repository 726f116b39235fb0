import { describe, expect, it } from 'vitest';
import { StackFailure } from '../stack-failure.ts';
import { oneReason, ToolsMissing } from './three-ways-out.ts';

const engine = new ToolsMissing('NO_JAVA', 'The engine needs a JDK.', 'ELASTICSEARCH_URL=http://localhost:9200', {
  from: 21,
  to: Number.POSITIVE_INFINITY,
});
const redis = new ToolsMissing('NO_MAVEN', 'Redis needs Maven.', 'REDIS_URL=redis://localhost:6379', {
  from: 17,
  to: 17,
});

describe('missing tools', () => {
  it('are reported with the three ways out', () => {
    expect(engine.message).toMatch(
      /needs a JDK[\s\S]*1\. install[\s\S]*2\. start a Docker[\s\S]*ELASTICSEARCH_URL=\S+ npm start/,
    );
  });

  it('of two parts make one message that names both', () => {
    const { message } = oneReason([redis, engine]) as StackFailure;
    expect(message).toContain('REDIS_URL=redis://localhost:6379 ELASTICSEARCH_URL=http://localhost:9200 npm start');
    expect(message.match(/Choose one/g)).toHaveLength(1);
    expect(message).toContain('openjdk-21-jdk-headless');
    expect(message).toContain('any JDK 21 or newer');
  });

  it('come before other reasons, of which the first is reported', () => {
    const other = new StackFailure('PART_DID_NOT_START', 'x');
    expect(oneReason([other, redis])).toBe(redis);
    expect(oneReason([other])).toBe(other);
  });
});
