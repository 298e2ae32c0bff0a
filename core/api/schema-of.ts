import type * as v from 'valibot';

/**
 * Ties a schema to a type of the model, in both directions: a field that one of them lacks, or
 * that differs, does not compile. `schemaOf<Failure>()(v.variant(...))`; called twice because
 * TypeScript infers either all type arguments or none.
 */
export function schemaOf<T>() {
  return <S extends v.GenericSchema<unknown, T>>(
    schema: [T] extends [v.InferOutput<S>] ? S : never,
  ): v.GenericSchema<unknown, T> => schema;
}
