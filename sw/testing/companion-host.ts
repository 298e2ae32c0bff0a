import type { Answer } from './podcast-host.ts';

/** A file beside the audio, as its host has it now. */
export interface HostedFile {
  type?: string;
  body: string;
  headers?: Record<string, string>;
}

/** A host that has exactly these files, by address; the map can change at any time. */
export function serving(files: Map<string, HostedFile>): Answer {
  return ({ url }) => {
    const file = files.get(url);
    if (!file) return new Response('no', { status: 404 });
    const { type = 'image/png', body, headers } = file;
    return new Response(body, { headers: { 'content-type': type, ...headers } });
  };
}
