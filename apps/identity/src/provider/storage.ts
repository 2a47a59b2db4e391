import type { Adapter, AdapterPayload } from 'oidc-provider';

/** More than a development machine ever holds; the oldest go first. */
const most = 10_000;

interface Entry {
  payload: AdapterPayload;
  expiresAt: number;
}

/** Sessions, sign-ins under way and codes, in memory: a restart forgets them, and browsers sign in again. Access tokens are not stored. */
export class Storage {
  readonly #entries = new Map<string, Entry>();

  /** What oidc-provider keeps of one model. */
  adapter(model: string): Adapter {
    const key = (id: string) => `${model}:${id}`;
    return {
      upsert: async (id, payload, expiresIn) => this.#set(key(id), payload, expiresIn),
      find: async (id) => this.#get(key(id)),
      findByUid: async (uid) => this.#first(model, (payload) => payload.uid === uid),
      findByUserCode: async (code) => this.#first(model, (payload) => payload.userCode === code),
      destroy: async (id) => void this.#entries.delete(key(id)),
      revokeByGrantId: async (grantId) => {
        for (const [name, { payload }] of this.#entries)
          if (payload.grantId === grantId) this.#entries.delete(name);
      },
      consume: async (id) => {
        const payload = this.#get(key(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1_000);
      },
    };
  }

  #get(name: string): AdapterPayload | undefined {
    const entry = this.#entries.get(name);
    if (entry && entry.expiresAt > Date.now()) return entry.payload;
    this.#entries.delete(name);
    return undefined;
  }

  #set(name: string, payload: AdapterPayload, expiresInSeconds = Infinity): void {
    this.#entries.delete(name);
    this.#entries.set(name, { payload, expiresAt: Date.now() + expiresInSeconds * 1_000 });
    if (this.#entries.size > most) this.#entries.delete(this.#entries.keys().next().value!);
  }

  #first(model: string, fits: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [name, { payload }] of this.#entries)
      if (name.startsWith(`${model}:`) && fits(payload)) return this.#get(name);
    return undefined;
  }
}
