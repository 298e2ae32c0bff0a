import type { Params, Result } from '../../core/contract/requests.ts';
import { advanceImports } from '../imports/advance.ts';
import type { Call } from './index.ts';

export function workOnImports(
  _params: Params<'imports/advance'>,
  { context }: Call,
): Promise<Result<'imports/advance'>> {
  return advanceImports(context);
}
