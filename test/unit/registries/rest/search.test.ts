import assert from 'node:assert/strict';
import { UserError } from '../../../../src/domain/errors';
import type { Page, SearchRequest } from '../../../../src/domain/ports';
import { searchOf, searchServer } from '../../../../src/registries/rest/restSearch';

/** A server with the numbers below `count`, whose tag `n` holds them; it takes the filters that `takes` does. */
class NumberServer {
  readonly asked: SearchRequest[] = [];

  constructor(
    private readonly count: number,
    private readonly takes: (filter: string) => boolean = () => true,
  ) {}

  readonly read = (query: SearchRequest): Promise<Page<number>> => {
    this.asked.push(query);
    if (!this.takes(query.filter ?? '')) return Promise.reject(new UserError('invalid', 'The server says no.'));
    const from = Number(query.pageToken ?? 0);
    const to = Math.min(from + query.maxResults, this.count);
    const items = Array.from({ length: to - from }, (_, i) => from + i);
    return Promise.resolve(to < this.count ? { items, nextPageToken: String(to) } : { items });
  };

  search(query: SearchRequest): Promise<Page<number>> {
    return searchServer(
      query,
      searchOf(
        'experiments',
        this.read,
        (n) =>
          ({ key }) =>
            key === 'n' ? [String(n)] : [],
      ),
    );
  }

  async all(query: SearchRequest): Promise<{ readonly items: number[]; readonly pages: number }> {
    const items: number[] = [];
    let pages = 0;
    for (let token: string | undefined = ''; token !== undefined; pages++) {
      const page: Page<number> = await this.search({ ...query, ...(token !== '' && { pageToken: token }) });
      assert.ok(page.items.length <= query.maxResults);
      items.push(...page.items);
      token = page.nextPageToken;
    }
    return { items, pages };
  }
}

describe('a search on a server', () => {
  it('is sent as it was written where MLflow knows all of it', async () => {
    const server = new NumberServer(3);
    const filter = "tags.n  =  '1'";
    assert.equal((await server.search({ filter, maxResults: 2 })).beyond, undefined);
    assert.deepEqual([server.asked[0]?.filter, server.asked[0]?.maxResults], [filter, 2]);
  });

  it('is evaluated over pages where it goes beyond, and what MLflow knows of it is sent', async () => {
    const server = new NumberServer(1_000);
    const filter = "name LIKE 'a%' AND (tags.n = '5' OR tags.n = '998') AND tags.m IS NULL";
    const page = await server.search({ filter, maxResults: 10 });
    assert.deepEqual(page.items, [5, 998]);
    assert.match(page.beyond ?? '', /MLflow has no OR/);
    assert.ok(server.asked.every((query) => query.filter === "name LIKE 'a%' AND tags.m IS NULL"));
    assert.deepEqual([page.nextPageToken, server.asked.length], [undefined, 4]);
  });

  it('reads no more pages than the asked one needs, and goes on where it stopped', async () => {
    const server = new NumberServer(1_000);
    const filter = "tags.n LIKE '%7' OR tags.n = '0'";
    const first = await server.search({ filter, maxResults: 5 });
    assert.deepEqual([first.items, server.asked.length], [[0, 7, 17, 27, 37], 1]);
    for (const maxResults of [1, 7, 100, 101, 1_000]) {
      const { items } = await server.all({ filter, maxResults });
      assert.equal(items.length, 101, String(maxResults));
      assert.equal(new Set(items).size, 101);
    }
  });

  it('opens parentheses that only join, and sends what is in them', async () => {
    const server = new NumberServer(3);
    const page = await server.search({ filter: "(tags.n = '1' AND (name = 'x'))", maxResults: 2 });
    assert.equal(server.asked[0]?.filter, "tags.n = '1' AND name = 'x'");
    assert.match(page.beyond ?? '', /MLflow has no \( \)/);
  });

  it('is sent where Ringside cannot read it: the server’s answer decides', async () => {
    const filter = "tags.n ~ '1'";
    assert.equal((await new NumberServer(3).search({ filter, maxResults: 5 })).items.length, 3);
    const refused = new NumberServer(3, () => false).search({ filter, maxResults: 5 });
    await assert.rejects(refused, (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /expected one of .* at character 8, found "~"/);
      assert.deepEqual(error.span, { start: 7, end: 8 });
      assert.match(String(error.cause), /The server says no/);
      return true;
    });
    await assert.rejects(
      new NumberServer(3, () => false).search({ filter: "name = 'x'", maxResults: 5 }),
      /server says no/,
    );
  });

  it('is evaluated here where an older server has no IS NULL', async () => {
    const server = new NumberServer(250, (filter) => !filter.includes('NULL'));
    const filter = "name = 'x' AND tags.n IS NOT NULL";
    const page = await server.search({ filter, maxResults: 2 });
    assert.deepEqual(page.items, [0, 1]);
    assert.match(page.beyond ?? '', /the server has no IS NOT NULL/);
    assert.equal(server.asked.at(-1)?.filter, "name = 'x'");
    assert.equal((await server.all({ filter, maxResults: 90 })).items.length, 250);
  });

  it('stops between two pages when it is cancelled', async () => {
    const server = new NumberServer(100_000);
    const leaving = new AbortController();
    const read = (query: SearchRequest): Promise<Page<number>> => {
      if (server.asked.length === 3) leaving.abort();
      leaving.signal.throwIfAborted();
      return server.read(query);
    };
    const search = searchOf('experiments', read, () => () => []);
    const query = { filter: "tags.n = 'x' OR tags.n = 'y'", maxResults: 10 };
    await assert.rejects(searchServer(query, search), { name: 'AbortError' });
    assert.equal(server.asked.length, 3);
  });

  it('a page token of another search is refused in words', async () => {
    const filter = "tags.n = '1' OR tags.n = '2'";
    for (const pageToken of ['5', 'ringside:', 'ringside:[x]', 'ringside:[1,nothing]'])
      await assert.rejects(new NumberServer(3).search({ filter, maxResults: 2, pageToken }), { kind: 'invalid' });
  });
});
