/**
 * A host's answer in the form in which it is kept: its bytes, and of its headers those by which a
 * later answer can be told from it. Hosts let few of them be read (`ETag` only by
 * `Access-Control-Expose-Headers`); where neither validator is, the bytes' own digest is the ETag.
 * @param headers more headers, which win
 */
export async function keepable(
  from: Response,
  bytes: Blob,
  headers: Record<string, string>,
): Promise<Response> {
  const etag = from.headers.get('etag');
  const lastModified = from.headers.get('last-modified');
  return new Response(bytes, {
    headers: {
      ...(lastModified && { 'last-modified': lastModified }),
      ...(etag && { etag }),
      ...(!etag && !lastModified && { etag: await digestTag(bytes) }),
      // Of the content as it is now: the host's own may be that of a compressed form.
      'content-length': String(bytes.size),
      ...headers,
    },
  });
}

async function digestTag(bytes: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer());
  return `"${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
}
