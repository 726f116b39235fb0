import { describeChangeFeed } from './change-feed-conformance.ts';
import { inMemoryChangeFeed } from './in-memory-change-feed.ts';

describeChangeFeed('the feed in memory', async () => {
  const feed = inMemoryChangeFeed();
  return { publisher: feed, subscriber: feed };
});
