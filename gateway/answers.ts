import type { ApiError } from '../core/api/failure.ts';
import type { Failure } from '../core/model/failure.ts';

/** An answer of the API that is not a success. */
export function failureResponse(
  status: number,
  failure: Failure,
  headers: Record<string, string> = {},
): Response {
  return Response.json({ failure } satisfies ApiError, { status, headers });
}

/** For callers who break the rules of the API; the detail is for whoever debugs them. */
export function badRequest(status: number, detail: string): Response {
  return failureResponse(status, { code: 'unexpected', detail });
}

export function tooManyRequests(waitS: number): Response {
  const failure: Failure = { code: 'unexpected', detail: 'too many requests' };
  return failureResponse(429, failure, { 'Retry-After': String(waitS) });
}
