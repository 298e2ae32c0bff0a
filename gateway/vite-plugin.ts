import type { IncomingMessage } from 'node:http';
import type { Plugin } from 'vite';
import { HEALTH_PATH, LIVE_PATH } from '../core/api/paths.ts';
import { createGateway } from './gateway.ts';
import { developmentHeaders } from './headers.ts';
import { createNodeContext } from './node-context.ts';
import { nodeListeners } from './node-listeners.ts';
import { readSettings } from './settings.ts';

/**
 * The gateway inside `vite dev`: the same handler and settings as in `npm start`. Vite serves the
 * rest, with the headers of a document as far as its inline scripts and styles allow.
 */
export function gatewayPlugin(): Plugin {
  return {
    name: 'stowaway-gateway',
    apply: 'serve',
    async configureServer(server) {
      const settings = readSettings(process.env);
      const { context, close } = await createNodeContext(settings);
      const listeners = nodeListeners(createGateway(context).fetch);
      const headers = Object.entries(developmentHeaders(settings.config));
      server.middlewares.use((request, response, next) => {
        const pathname = pathOf(request);
        if (pathname.startsWith('/api/') || pathname === `/${HEALTH_PATH}`) {
          listeners.onRequest(request, response);
          return;
        }
        for (const [name, value] of headers) response.setHeader(name, value);
        next();
      });
      // Vite has a WebSocket of its own on this server, and leaves those of others alone.
      server.httpServer?.on('upgrade', (request, socket, head) => {
        if (pathOf(request) === `/${LIVE_PATH}`) listeners.onUpgrade(request, socket, head);
      });
      server.httpServer?.once('close', () => void Promise.all([close(), listeners.close()]));
    },
  };
}

function pathOf({ url }: IncomingMessage): string {
  return new URL(url ?? '/', 'http://localhost').pathname;
}
