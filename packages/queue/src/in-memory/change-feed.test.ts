import { describeChangeFeed } from '../conformance/change-feed.ts';
import { inMemoryChangeFeed } from './change-feed.ts';

describeChangeFeed('the feed in memory', async () => {
  const feed = inMemoryChangeFeed();
  return { publisher: feed, subscriber: feed };
});
