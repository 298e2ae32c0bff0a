import { getRequestListener } from '@hono/node-server';
import type { Plugin } from 'vite';
import { HEALTH_PATH } from '../core/api/paths.ts';
import { createGateway } from './gateway.ts';
import { developmentHeaders } from './headers.ts';
import { createNodeContext } from './node-context.ts';
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
      const handle = getRequestListener(createGateway(context).fetch, {
        overrideGlobalObjects: false,
      });
      const headers = Object.entries(developmentHeaders(settings.config));
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        if (pathname.startsWith('/api/') || pathname === `/${HEALTH_PATH}`) {
          void handle(request, response);
          return;
        }
        for (const [name, value] of headers) response.setHeader(name, value);
        next();
      });
      server.httpServer?.once('close', () => void close());
    },
  };
}
