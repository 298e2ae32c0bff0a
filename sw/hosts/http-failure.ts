import type { Failure } from '../../core/model/failure.ts';

/** The failure behind an HTTP status that is not a success. */
export function httpFailure(of: 'feed' | 'enclosure', status: number): Failure {
  if (status === 404 || status === 410) return { code: `${of}-not-found`, status };
  if (status === 401 || status === 403) return { code: `${of}-denied`, status };
  return { code: `${of}-http-status`, status };
}
