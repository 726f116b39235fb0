/** Anything else names no operation, and PostgreSQL would not take it for a UUID. */
export const isOperationId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
