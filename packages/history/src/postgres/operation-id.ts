/** Other text is not an operation's id, and PostgreSQL would reject it as a UUID. */
export const isOperationId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
