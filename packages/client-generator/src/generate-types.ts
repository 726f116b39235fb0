import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { withoutRecursion } from './without-recursion.ts';

/** The TypeScript types of an OpenAPI 3.1 document. */
export const generateTypes = async (document: string): Promise<string> =>
  astToString(await openapiTS(withoutRecursion(JSON.parse(document) as OpenAPI3)));
