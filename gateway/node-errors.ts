/** Whether an error is one of the system's, by its name there (`EADDRINUSE`). */
export function isErrorCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
