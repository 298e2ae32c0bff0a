/** Libraries for workers look at these when they are imported; Node 20 has neither. */
Object.assign(globalThis, { self: globalThis });
if (!('navigator' in globalThis)) Object.assign(globalThis, { navigator: { userAgent: '' } });
