import * as l10n from '@vscode/l10n';
import type { Connection } from '../domain/connection';
import { isCancelled, UserError } from '../domain/errors';
import type { Registry, StoreDescription } from '../domain/ports';
import type { Ref } from '../domain/ref';
import { Askers } from './askers';
import { Emitter } from './emitter';

export type RegistryState =
  | { readonly kind: 'unknown' }
  /** For the first time: what was known before stays until it is known better. */
  | { readonly kind: 'reading' }
  | { readonly kind: 'connected'; readonly description: StoreDescription; readonly at: number }
  | { readonly kind: 'failed'; readonly error: Error };

interface Entry {
  readonly connection: Connection;
  registry?: Registry;
  state: RegistryState;
  check?: Check;
}

interface Check {
  readonly description: Promise<StoreDescription>;
  readonly askers: Askers;
}

/** The configured connections, which of them is active, and the opened registry of each. Opens nothing until asked. */
export class RegistrySet {
  private entries = new Map<string, Entry>();
  private activeName: string | undefined;
  private loading: Promise<void> | undefined;
  private readonly didChange = new Emitter<undefined>();
  private readonly didChangeContent = new Emitter<Ref | undefined>();

  /** The connections, the active one or the state of one changed. */
  readonly onDidChange = this.didChange.event;
  /** What a store holds changed, or is to be read again: everything, or what hangs on one thing. */
  readonly onDidChangeContent = this.didChangeContent.event;

  constructor(
    private readonly open: (connection: Connection) => Registry,
    private readonly now: () => number,
    private readonly load: () => Promise<void> = () => Promise.resolve(),
  ) {}

  /**
   * Resolves when the connections are known: the first call looks for them. Whatever shows a registry first waits for
   * this, so that nothing is read before a view is shown. Never rejects.
   */
  ready(): Promise<void> {
    return (this.loading ??= this.load());
  }

  get connections(): readonly Connection[] {
    return [...this.entries.values()].map(({ connection }) => connection);
  }

  /** The active connection: the chosen one, else the first. */
  get active(): Connection | undefined {
    return (this.entries.get(this.activeName ?? '') ?? this.entries.values().next().value)?.connection;
  }

  /** Takes over a new list; registries whose connection is unchanged stay open. */
  setConnections(connections: readonly Connection[]): void {
    const before = this.entries;
    this.entries = new Map(
      connections.map((connection) => {
        const known = before.get(connection.name);
        return [connection.name, known && same(known.connection, connection) ? known : fresh(connection)];
      }),
    );
    for (const [name, entry] of before) if (this.entries.get(name) !== entry) entry.registry?.dispose();
    this.didChange.fire(undefined);
    this.didChangeContent.fire(undefined);
  }

  setActive(name: string): void {
    if (this.active?.name === name || !this.entries.has(name)) return;
    this.activeName = name;
    this.didChange.fire(undefined);
    this.didChangeContent.fire(undefined);
  }

  state(name: string): RegistryState {
    return this.entries.get(name)?.state ?? { kind: 'unknown' };
  }

  get(name: string): Registry {
    const entry = this.entry(name);
    return (entry.registry ??= this.open(entry.connection));
  }

  /** What the store is, asked once and kept until `forget`; updates the state that the status bar shows. */
  async describe(name: string, signal?: AbortSignal): Promise<StoreDescription> {
    const entry = this.entry(name);
    const { description, askers } = entry.check ?? this.begin(entry);
    return askers.wait(description, signal);
  }

  /** Reads everything again, or what hangs on one thing; a failed store is asked anew. */
  forget(ref?: Ref): void {
    for (const entry of this.entries.values()) if (!ref || entry.state.kind === 'failed') delete entry.check;
    this.didChangeContent.fire(ref);
  }

  dispose(): void {
    for (const { registry } of this.entries.values()) registry?.dispose();
    this.entries.clear();
    this.didChange.dispose();
    this.didChangeContent.dispose();
  }

  private entry(name: string): Entry {
    const entry = this.entries.get(name);
    if (entry) return entry;
    throw new UserError('notFound', l10n.t("There is no registry '{0}'.", name), {
      next: l10n.t('Choose another with Switch Registry.'),
    });
  }

  private begin(entry: Entry): Check {
    const check = (entry.check = this.check(entry));
    if (entry.state.kind === 'unknown') this.setState(entry, { kind: 'reading' });
    return check;
  }

  private setState(entry: Entry, state: RegistryState): void {
    entry.state = state;
    if (this.entries.get(entry.connection.name) === entry) this.didChange.fire(undefined);
  }

  private check(entry: Entry): Check {
    const askers = new Askers();
    const check = { description: this.ask(entry, askers.signal), askers };
    const drop = (): void => {
      if (entry.check === check) delete entry.check;
    };
    askers.signal.addEventListener('abort', drop, { once: true });
    const end = (state: RegistryState): void => {
      // A check that was begun later knows better.
      const isLast = !entry.check || entry.check === check;
      if (state.kind !== 'connected') drop();
      this.setState(entry, isLast ? state : entry.state);
    };
    check.description.then(
      (description) => end({ kind: 'connected', description, at: this.now() }),
      (error: unknown) => {
        if (!isCancelled(error)) {
          end({ kind: 'failed', error: error as Error });
          return;
        }
        drop();
        if (!entry.check && entry.state.kind === 'reading') this.setState(entry, { kind: 'unknown' });
      },
    );
    return check;
  }

  private async ask(entry: Entry, signal: AbortSignal): Promise<StoreDescription> {
    return this.get(entry.connection.name).describe({}, signal);
  }
}

function fresh(connection: Connection): Entry {
  return { connection, state: { kind: 'unknown' } };
}

function same(a: Connection, b: Connection): boolean {
  return a.trackingUri === b.trackingUri && a.registryUri === b.registryUri && a.workspace === b.workspace;
}
