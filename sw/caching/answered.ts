/** An answer, and where it came from. */
export interface Answered {
  response: Response;
  from: 'segments' | 'cache' | 'network' | 'nowhere';
}
